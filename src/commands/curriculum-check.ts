import { fileURLToPath } from "node:url";
import { lessonCard } from "#bots/cards/lesson.ts";
import { loadCourse } from "#curriculum/course.ts";
import type { CourseLesson } from "#curriculum/lesson.ts";
import type { Problem } from "#curriculum/problem.ts";
import { forgetfulProgress } from "#curriculum/forgetful.ts";
import { openCurriculum, type Curriculum } from "#curriculum/service.ts";
import { CurriculumUnreadable } from "#curriculum/tree.ts";
import { CURRICULUM_CHECK, CURRICULUM_PROBLEMS } from "#text/curriculum-check.ts";
import { isRefusal } from "#text/refusal.ts";
import { say, type Lang } from "#text/wording.ts";
import { runCommand, Told } from "./run-command.ts";
import { tableOf } from "./table.ts";

// What Slack takes over all blocks of a message, less a quarter.
const CARD_CHARACTERS = 9_000;

const { lesson, languages, steps, quiz, largest } = CURRICULUM_CHECK;
const HEAD = [lesson.en, languages.en, steps.en, quiz.en, largest.en];

/** `npm run curriculum:check [-- folder]`: every problem, one table, exit 1 on an error. */
async function curriculumCheck(argv: readonly string[]): Promise<number> {
  const root = argv[0] ?? fileURLToPath(new URL("../../curriculum", import.meta.url));
  const { course, problems } = readCourse(root);
  const progress = forgetfulProgress();
  const curriculum = openCurriculum({ course, progress, now: () => new Date() });
  const rows: string[][] = [];
  const found = [...problems];
  for (const lesson of course.lessons.values()) {
    const largest = await largestCard(curriculum, lesson);
    rows.push(rowOf(lesson, largest.characters));
    found.push(...largest.problems);
  }
  for (const problem of found) {
    console.log(lineOf(problem));
  }
  console.log(tableOf([HEAD, ...rows]));
  const errors = found.filter((problem) => problem.level === "error").length;
  const warnings = found.length - errors;
  console.log(say(CURRICULUM_CHECK.counts, "en", { lessons: rows.length, errors, warnings }));
  return errors === 0 ? 0 : 1;
}

function readCourse(root: string): ReturnType<typeof loadCourse> {
  try {
    return loadCourse(root);
  } catch (error) {
    if (error instanceof CurriculumUnreadable) {
      throw new Told(say(CURRICULUM_CHECK.unreadable, "en", { problem: error.message }));
    }
    throw error;
  }
}

async function largestCard(
  curriculum: Curriculum,
  { canonical, translations }: CourseLesson,
): Promise<{ characters: number; problems: Problem[] }> {
  const problems: Problem[] = [];
  let characters = 0;
  for (const { lang, path, id, steps } of [canonical, ...translations]) {
    for (let step = 0; step <= steps.length; step += 1) {
      const size = await sizeOf(curriculum, { lesson: id, step }, lang);
      characters = Math.max(characters, size);
      if (size > CARD_CHARACTERS) {
        const params = { step, characters: size, most: CARD_CHARACTERS };
        problems.push({ path, line: null, level: "error", code: "step-budget", params });
      }
    }
  }
  return { characters, problems };
}

async function sizeOf(
  curriculum: Curriculum,
  at: { lesson: string; step: number },
  lang: Lang,
): Promise<number> {
  const view = await curriculum.step({ person: "check" }, at, lang);
  return isRefusal(view) ? 0 : JSON.stringify(lessonCard(view, lang)).length;
}

function rowOf({ canonical, translations }: CourseLesson, characters: number): string[] {
  const questions = canonical.steps.flatMap((step) => step.questions).length;
  const langs = [canonical, ...translations].map((lesson) => lesson.lang).join(" ");
  const counts = [canonical.steps.length, questions, characters].map(String);
  return [canonical.path, langs, ...counts];
}

function lineOf({ path, line, level, code, params }: Problem): string {
  const place = line === null ? path : `${path}:${line}`;
  const sentence = say(CURRICULUM_PROBLEMS[code], "en", params);
  return `${CURRICULUM_CHECK[level].en}: ${place}: ${sentence} [${code}]`;
}

await runCommand(() => curriculumCheck(process.argv.slice(2)));
