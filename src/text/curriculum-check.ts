import type { Wording } from "./wording.ts";

/** What is wrong with a lesson, said to its author. */
export const CURRICULUM_PROBLEMS = {
  "head-missing": {
    en: "the file does not begin with a head between two --- lines; add one",
    ko: "--- 두 줄 사이에 적는 머리말이 없습니다. 파일 맨 앞에 추가해 주세요",
  },
  head: { en: "the head is wrong: {why}", ko: "머리말이 잘못되었습니다: {why}" },
  html: {
    en: "raw HTML; only <details><summary>…</summary> with blank lines around its content is allowed",
    ko: "HTML은 쓸 수 없습니다. 앞뒤에 빈 줄을 둔 <details><summary>…</summary>만 쓸 수 있습니다",
  },
  unsupported: {
    en: "“{what}” cannot be shown in a card; write it another way",
    ko: "“{what}” 요소는 카드에 나타낼 수 없습니다. 다른 방식으로 써 주세요",
  },
  ping: {
    en: "text that a chat platform would turn into a mention (<!, <@, <#, <at>); reword it",
    ko: "채팅에서 멘션이 될 수 있는 글(<!, <@, <#, <at>)이 있습니다. 바꿔 써 주세요",
  },
  "tool-link": {
    en: "“{url}” is outside the grammar of mcp: links; see the README of src/curriculum",
    ko: "“{url}” 링크는 mcp: 링크 문법에 없습니다. src/curriculum의 README를 보세요",
  },
  link: {
    en: "“{url}” is not a plain http or https address; use one, or mcp://lesson/<id>",
    ko: "“{url}” 링크는 http나 https 주소가 아닙니다. 그런 주소나 mcp://lesson/<id>를 써 주세요",
  },
  "list-content": {
    en: "a list item may hold text and lists only, not “{what}”; move it out of the list",
    ko: "목록 항목에는 글과 목록만 넣을 수 있습니다. “{what}” 요소는 목록 밖으로 옮겨 주세요",
  },
  "code-size": {
    en: "the code block is over 40 lines, 2,500 characters or 100 columns; shorten it",
    ko: "코드 블록이 40줄, 2,500자, 100열 중 하나를 넘습니다. 줄여 주세요",
  },
  "table-size": {
    en: "the table is over 6 columns or 20 rows; shorten it",
    ko: "표가 6열 또는 20행을 넘습니다. 줄여 주세요",
  },
  callout: {
    en: "a quote must be a callout: begin it with [!NOTE], [!TIP], [!WARNING] or [!DANGER]",
    ko: "인용문은 [!NOTE], [!TIP], [!WARNING], [!DANGER] 가운데 하나로 시작해야 합니다",
  },
  intro: {
    en: "what stands before the first step is over {most} characters or holds a tool link",
    ko: "첫 단계 앞의 글이 {most}자를 넘거나 도구 링크를 담고 있습니다",
  },
  "step-count": {
    en: "{count} steps (## headings); a lesson has {least} to {most}",
    ko: "단계(## 제목)가 {count}개입니다. {least}~{most}개여야 합니다",
  },
  "step-title": {
    en: "a step needs a title of 1 to 100 characters",
    ko: "단계 제목은 1~100자여야 합니다",
  },
  "step-size": {
    en: "the step's text is over {most} characters; split the step",
    ko: "단계의 글이 {most}자를 넘습니다. 단계를 나눠 주세요",
  },
  "step-tables": {
    en: "a step may hold one table; split the step",
    ko: "단계마다 표는 하나만 둘 수 있습니다. 단계를 나눠 주세요",
  },
  "step-budget": {
    en: "the card of step {step} has {characters} characters of JSON; a message fits {most}, so shorten it",
    ko: "{step}단계 카드가 JSON {characters}자입니다. 메시지 하나에는 {most}자까지 들어가므로 줄여 주세요",
  },
  "step-pages": {
    en: "“{title}” is too big for one message and is shown on {pages} pages; consider two steps",
    ko: "“{title}” 단계가 메시지 하나에 들어가지 않아 {pages}쪽으로 나뉩니다. 단계를 나누는 편이 좋습니다",
  },
  "quiz-head": {
    en: "“{head}” should read: id=<id> type=single, multi or text",
    ko: "“{head}” 대신 id=<id> type=single(또는 multi, text) 형식으로 써 주세요",
  },
  "quiz-line": {
    en: "“{line}” is no line of a quiz: text, then “- [ ] option :: feedback” or “= answer”, then “> See: step”",
    ko: "“{line}” 줄은 퀴즈 형식이 아닙니다. 문제, “- [ ] 보기 :: 설명” 또는 “= 답”, “> See: 단계” 순서로 써 주세요",
  },
  "quiz-prompt": { en: "quiz {quiz} asks nothing", ko: "{quiz} 퀴즈에 문제가 없습니다" },
  "quiz-options": {
    en: "quiz {quiz} needs 2 to 5 options",
    ko: "{quiz} 퀴즈의 보기는 2~5개여야 합니다",
  },
  "quiz-answer-missing": {
    en: "quiz {quiz} has no right answer, or more than its type allows",
    ko: "{quiz} 퀴즈에 정답이 없거나, 유형에 비해 정답이 많습니다",
  },
  "quiz-feedback": {
    en: "quiz {quiz}: every wrong option needs feedback after “::”",
    ko: "{quiz} 퀴즈: 틀린 보기마다 “::” 뒤에 설명이 필요합니다",
  },
  "quiz-pattern": {
    en: "quiz {quiz}: the pattern is broken or could take long (no repeated groups, at most 4 of * and +)",
    ko: "{quiz} 퀴즈: 패턴이 잘못되었거나 오래 걸릴 수 있습니다(묶음 반복 금지, *와 +는 4개까지)",
  },
  "quiz-place": {
    en: "a quiz stands in a step directly, not before the first one nor inside another block",
    ko: "퀴즈는 단계 바로 아래에 둡니다. 첫 단계 앞이나 다른 블록 안에는 둘 수 없습니다",
  },
  "quiz-twice": {
    en: "two quizzes are called {quiz}; give one another id",
    ko: "{quiz} 퀴즈가 둘입니다. 하나의 id를 바꿔 주세요",
  },
  "quiz-see": {
    en: "quiz {quiz} points to the step “{see}”, which does not exist",
    ko: "{quiz} 퀴즈가 가리키는 “{see}” 단계가 없습니다",
  },
  "quiz-missing": {
    en: "the last step has no quiz; end with “Check yourself”",
    ko: "마지막 단계에 퀴즈가 없습니다. 스스로 점검하는 단계로 끝내 주세요",
  },
  "id-twice": {
    en: "the id {id} belongs to {other} already",
    ko: "id {id}은(는) 이미 {other}에서 쓰고 있습니다",
  },
  "lesson-unknown": { en: "there is no lesson {id}", ko: "{id} 레슨이 없습니다" },
  "tool-unlisted": {
    en: "the tool {tool} is used but not in the head's tools",
    ko: "{tool} 도구를 쓰지만 머리말의 tools에 없습니다",
  },
  "lab-missing": {
    en: "a {tool} link needs a lab, and this lesson has none",
    ko: "{tool} 링크에는 실습이 필요한데 이 레슨에는 실습이 없습니다",
  },
  untranslated: { en: "there is no translation", ko: "번역이 없습니다" },
  "translation-differs": {
    en: "steps, tools or quiz marks are not those of the original; keep their order",
    ko: "단계, 도구, 퀴즈 정답 표시가 원문과 다릅니다. 순서를 원문과 똑같이 맞춰 주세요",
  },
  "translation-stale": {
    en: "older than the original; when it is up to date, set source_hash to {hash}",
    ko: "원문보다 오래되었습니다. 내용을 맞춘 뒤 source_hash를 {hash}(으)로 바꿔 주세요",
  },
} as const satisfies Record<string, Wording>;

export type ProblemCode = keyof typeof CURRICULUM_PROBLEMS;

/** The table that `npm run curriculum:check` prints. */
export const CURRICULUM_CHECK = {
  unreadable: {
    en: "No lessons could be read ({problem}); name a folder with the files that the README of curriculum/ lists.",
    ko: "레슨을 읽지 못했습니다({problem}). curriculum/ README에 있는 파일이 모두 들어 있는 폴더를 지정하세요.",
  },
  counts: {
    en: "{lessons} lessons, {errors} errors, {warnings} warnings",
    ko: "레슨 {lessons}개, 오류 {errors}개, 경고 {warnings}개",
  },
  lesson: { en: "lesson", ko: "레슨" },
  languages: { en: "languages", ko: "언어" },
  steps: { en: "steps", ko: "단계" },
  quiz: { en: "questions", ko: "문제" },
  largest: { en: "largest card", ko: "가장 큰 카드" },
  error: { en: "error", ko: "오류" },
  warning: { en: "warning", ko: "경고" },
} as const satisfies Record<string, Wording>;
