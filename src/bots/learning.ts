import type { Curriculum } from "#curriculum/service.ts";
import type { LessonView } from "#curriculum/views.ts";
import { isRefusal, type Refusal } from "#text/refusal.ts";
import type { Lang } from "#text/wording.ts";
import type { Card } from "./card.ts";
import { answerCard } from "./cards/answer.ts";
import { lessonCard } from "./cards/lesson.ts";
import { foundCard, learningCard, syllabusCard } from "./cards/lessons.ts";
import type { LearningCards } from "./ports.ts";

/** The curriculum as cards, for the conversation. */
export function learningCards(curriculum: Curriculum): LearningCards {
  return {
    lesson: async ({ person }, lang, at) =>
      drawn(await curriculum.step({ person }, at, lang), lang),
    answer: async (person, lang, given) => {
      const view = await curriculum.answer({ person }, given, lang);
      return isRefusal(view) || view.view === "cover" ? drawn(view, lang) : answerCard(view, lang);
    },
    lessons: async (_viewer, lang, query) =>
      query.trim() === ""
        ? syllabusCard(curriculum.syllabus(lang), lang)
        : foundCard(query.trim(), curriculum.search(query, lang), lang),
    progress: async ({ person }, lang) =>
      learningCard(await curriculum.progress({ person }, lang), lang),
  };
}

function drawn(view: LessonView | Refusal, lang: Lang): Card | Refusal {
  return isRefusal(view) ? view : lessonCard(view, lang);
}
