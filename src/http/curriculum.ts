import { Router } from "express";
import type { Curriculum } from "#curriculum/service.ts";
import { isRefusal } from "#text/refusal.ts";
import type { Lang } from "#text/wording.ts";
import { readQuery, type Answer, type Handler } from "./answering.ts";
import { ContentQuery, TreeQuery } from "./queries.ts";

export type CurriculumRoutes = {
  readonly curriculum: Pick<Curriculum, "syllabus" | "content">;
  /** Of `answering.ts`: who asks, and how answers and refusals are sent. */
  readonly answer: Answer;
};

/** The seeds' curriculum routes, to be mounted at the root. Answers of quizzes never leave here. */
export function curriculumRoutes({ curriculum, answer }: CurriculumRoutes): Router {
  const router = Router();
  router.get("/api/v1/curriculum/tree", answer("curriculum:read", treeRoute(curriculum)));
  router.get("/api/v1/curriculum/content", answer("curriculum:read", contentRoute(curriculum)));
  return router;
}

/** `{title, parts: [{id, title, summary, days: [{id, title, minutes, lessons: […]}]}]}`. */
function treeRoute(curriculum: CurriculumRoutes["curriculum"]): Handler {
  return async ({ query, lang }) => {
    const asked = readQuery(TreeQuery, query);
    return isRefusal(asked)
      ? asked
      : { status: 200, body: curriculum.syllabus(asked.lang ?? lang) };
  };
}

/** `{path, id, lang, title, summary, minutes, objectives, notes, markdown, steps}`. */
function contentRoute(curriculum: CurriculumRoutes["curriculum"]): Handler {
  return async ({ query, lang }) => {
    const asked = readQuery(ContentQuery, query);
    if (isRefusal(asked)) {
      return asked;
    }
    const wanted: Lang = asked.lang ?? lang;
    const content = curriculum.content(asked.path, wanted);
    return isRefusal(content) ? content : { status: 200, body: content };
  };
}
