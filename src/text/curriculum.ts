import type { Wording } from "./wording.ts";

/** What the lesson cards say around the lesson's own text. */
export const CURRICULUM = {
  lesson: { en: "Lesson", ko: "레슨" },
  minutes: { en: "{minutes} min", ko: "{minutes}분" },
  time: { en: "Time", ko: "소요 시간" },
  progress: { en: "Progress", ko: "진도" },
  notStarted: { en: "not started · {steps} steps", ko: "시작 전 · 총 {steps}단계" },
  atStep: { en: "{bar} step {step} of {steps}", ko: "{bar} {steps}단계 중 {step}단계" },
  finished: { en: "{bar} done", ko: "{bar} 완료" },
  objectives: { en: "What you will be able to do", ko: "이 레슨을 마치면" },
  stepsTitle: { en: "Steps", ko: "단계" },
  stepLine: { en: "{title} ({minutes} min)", ko: "{title} ({minutes}분)" },
  stepOf: { en: "{lesson} · step {step} of {steps}", ko: "{lesson} · {step}/{steps}단계" },
  continued: { en: "{title} ({part}/{parts})", ko: "{title} ({part}/{parts})" },
  before: { en: "Better after: {titles}.", ko: "먼저 보면 좋은 레슨: {titles}" },

  start: { en: "Start", ko: "시작하기" },
  resume: { en: "Resume at step {step}", ko: "{step}단계부터 이어 하기" },
  again: { en: "Start again", ko: "처음부터 다시 보기" },
  next: { en: "Next", ko: "다음" },
  back: { en: "Back", ko: "이전" },
  nextLesson: { en: "Next lesson: {title}", ko: "다음 레슨: {title}" },
  answer: { en: "Answer question {number}", ko: "{number}번 답하기" },
  answerLetter: { en: "The letter of your answer", ko: "고른 답의 기호" },
  answerLetters: {
    en: "The letters of your answers, with commas",
    ko: "고른 답의 기호(여러 개면 쉼표로 구분)",
  },
  answerText: { en: "Your answer", ko: "답" },
  catalogue: { en: "Show the modules", ko: "모듈 목록 보기" },

  "note-not-translated": {
    en: "This lesson is not translated yet; this is the original.",
    ko: "아직 번역되지 않은 레슨이라 원문을 보여 드립니다.",
  },
  "note-translation-stale": {
    en: "The original is newer than this translation.",
    ko: "번역이 최신이 아닙니다. 원문이 그 뒤에 바뀌었습니다.",
  },
  "note-changed": {
    en: "This lesson changed since you started it.",
    ko: "시작한 뒤에 레슨 내용이 바뀌었습니다.",
  },

  callout: {
    note: { en: "Note", ko: "참고" },
    tip: { en: "Tip", ko: "팁" },
    warning: { en: "Careful", ko: "주의" },
    danger: { en: "Danger", ko: "위험" },
  },

  question: { en: "Question {number}", ko: "{number}번 문제" },
  right: { en: "Right.", ko: "맞았습니다." },
  wrong: { en: "Not this one.", ko: "아쉽지만 답이 아닙니다." },
  see: { en: "Look again at the step “{see}”.", ko: "“{see}” 단계를 다시 읽어 보세요." },
  verdicts: { en: "Your answer", ko: "채점 결과" },
  rightSoFar: {
    en: "{right} of {all} questions right so far.",
    ko: "지금까지 {all}문제 중 {right}문제를 맞혔습니다.",
  },
  toLesson: { en: "Back to the step", ko: "단계로 돌아가기" },
  lessonDone: { en: "You finished this lesson.", ko: "이 레슨을 마쳤습니다." },

  syllabus: { en: "Lessons", ko: "레슨 목록" },
  lessonLine: { en: "{title} · {minutes} min · {id}", ko: "{title} · {minutes}분 · {id}" },
  partComing: { en: "No lessons here yet.", ko: "아직 레슨이 없습니다." },
  openOne: {
    en: "Open one with its button, or say /learn and its id.",
    ko: "버튼을 누르거나 /learn 뒤에 레슨 id를 적으면 열립니다.",
  },
  found: { en: "Lessons about “{query}”", ko: "“{query}” 검색 결과" },
  foundNothing: {
    en: "No lesson mentions “{query}”. Try one word, or look at all lessons.",
    ko: "“{query}”이(가) 나오는 레슨이 없습니다. 단어 하나로 찾거나 전체 목록을 보세요.",
  },
  allLessons: { en: "All lessons", ko: "전체 목록" },
  myProgress: { en: "My progress", ko: "내 진도" },
  doneOf: { en: "{bar} {done} of {total} lessons", ko: "{bar} 레슨 {total}개 중 {done}개 완료" },
  nothingStarted: {
    en: "You have not started a lesson yet.",
    ko: "아직 시작한 레슨이 없습니다.",
  },
  lineDone: { en: "{title}: done", ko: "{title}: 완료" },
  lineScore: {
    en: "{title}: done, {score}% right first time",
    ko: "{title}: 완료, 첫 시도 정답률 {score}%",
  },
  lineStarted: {
    en: "{title}: step {step} of {steps}",
    ko: "{title}: {steps}단계 중 {step}단계",
  },
  goOn: { en: "Go on: {title}", ko: "이어 하기: {title}" },
} as const satisfies Record<string, Wording | Record<string, Wording>>;
