import type { Lessons } from "#agent/ports.ts";
import type { Curriculum } from "#curriculum/service.ts";
import type { LessonView } from "#curriculum/views.ts";
import { isRefusal, type Refusal } from "#text/refusal.ts";
import type { Lang } from "#text/wording.ts";
import type { Card } from "./card.ts";
import { answerCard } from "./cards/answer.ts";
import { lessonCard } from "./cards/lesson.ts";
import { foundCard, learningCard, syllabusCard } from "./cards/lessons.ts";
import type { LearningCards } from "./ports.ts";

type Answer = (
  person: string,
  lang: Lang,
  given: { lesson: string; step: number; answers: Readonly<Record<string, string>> },
) => Promise<Card | Refusal>;

/** The curriculum as cards, for the conversation. `answer` is for the person alone. */
export function learningCards(curriculum: Curriculum): LearningCards & { answer: Answer } {
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

/** The curriculum as the agent's tools need it; step 0 is a lesson's cover. */
export function lessonsForAgent(curriculum: Curriculum): Lessons {
  return {
    list: async (lang) =>
      linesOf(curriculum, lang).map(({ id, path, title, stepCount }) => ({
        id,
        path: path.replace(/\.md$/, ""),
        title,
        steps: stepCount + 1,
      })),
    async position(person) {
      const [last] = (await curriculum.progress({ person }, "en")).lessons;
      return last === undefined ? null : { lesson: last.id, step: last.step };
    },
    async progress(person) {
      const { lessons } = await curriculum.progress({ person }, "en");
      const ids = (status: "done" | "started") =>
        lessons.filter((lesson) => lesson.status === status).map((lesson) => lesson.id);
      return { done: ids("done"), begun: ids("started") };
    },
  };
}

function linesOf(curriculum: Curriculum, lang: Lang) {
  return curriculum.syllabus(lang).parts.flatMap((part) => part.days.flatMap((day) => day.lessons));
}
