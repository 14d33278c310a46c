import type { RefusalWording } from "./wording.ts";

/** Refusals of the lessons: opening, reading, answering. */
export const CURRICULUM_REFUSALS = {
  "lesson-not-found": {
    detail: {
      en: "There is no lesson “{lesson}”.",
      ko: "“{lesson}” 레슨을 찾지 못했습니다.",
    },
    next: {
      en: "Say /learn for the list of lessons, or /learn and a word to search for.",
      ko: "/learn으로 전체 목록을 보거나, /learn 뒤에 찾을 단어를 적어 주세요.",
    },
  },
  "lesson-path-refused": {
    detail: {
      en: "That is not a lesson's path. Lessons live under paths like part2/day3/cli_basics.md, and nothing else is read.",
      ko: "레슨 경로가 아닙니다. part2/day3/cli_basics.md 같은 경로의 레슨만 열 수 있습니다.",
    },
    next: {
      en: "Take the path from the syllabus: /learn in chat, GET /api/v1/curriculum/tree over HTTP.",
      ko: "목차에서 경로를 확인해 주세요. 채팅에서는 /learn, HTTP에서는 GET /api/v1/curriculum/tree입니다.",
    },
  },
  "quiz-answer-unclear": {
    detail: {
      en: "The answer names no option of this question, or too many of them.",
      ko: "이 문제의 보기에 없는 답이거나, 하나만 골라야 하는데 여러 개를 골랐습니다.",
    },
    next: {
      en: "Answer with a letter: {choices}. Where several are right, separate them with commas.",
      ko: "{choices} 중에서 답해 주세요. 여러 개를 고르는 문제라면 쉼표로 구분합니다.",
    },
  },
  "quiz-answer-empty": {
    detail: { en: "The answer is empty.", ko: "답이 비어 있습니다." },
    next: { en: "Type your answer and send it again.", ko: "답을 적어서 다시 보내 주세요." },
  },
  "nothing-next": {
    detail: {
      en: "You have finished every lesson there is. Well done.",
      ko: "지금 있는 레슨을 모두 마쳤습니다. 수고하셨습니다.",
    },
    next: {
      en: "See what you did with /learn progress, or open any lesson again from /learn.",
      ko: "/learn progress로 기록을 보거나, /learn에서 다시 보고 싶은 레슨을 여세요.",
    },
  },
} as const satisfies Record<string, RefusalWording>;
