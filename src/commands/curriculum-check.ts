import { fileURLToPath } from "node:url";
import { lessonCard } from "#bots/cards/lesson.ts";
import { loadCourse } from "#curriculum/course.ts";
import type { CourseLesson } from "#curriculum/lesson.ts";
import type { Problem } from "#curriculum/problem.ts";
import { openCurriculum, type Curriculum } from "#curriculum/service.ts";
import { CURRICULUM_CHECK, CURRICULUM_PROBLEMS } from "#text/curriculum-check.ts";
import { isRefusal } from "#text/refusal.ts";
import { say, type Lang } from "#text/wording.ts";
import { forgetfulProgress } from "#curriculum/forgetful.ts";

// What Slack takes over all blocks of a message, less a quarter.
const CARD_CHARACTERS = 9_000;

/** `npm run curriculum:check [-- folder]`: every problem, one table, exit 1 on an error. */
async function curriculumCheck(argv: readonly string[]): Promise<number> {
  const root = argv[0] ?? fileURLToPath(new URL("../../curriculum", import.meta.url));
  const { course, problems } = loadCourse(root);
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
  console.log(tableOf(rows));
  const errors = found.filter((problem) => problem.level === "error").length;
  const warnings = found.length - errors;
  console.log(say(CURRICULUM_CHECK.counts, "en", { lessons: rows.length, errors, warnings }));
  return errors === 0 ? 0 : 1;
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
  return [
    canonical.path,
    langs,
    String(canonical.steps.length),
    String(questions),
    `${characters}`,
  ];
}

function lineOf({ path, line, level, code, params }: Problem): string {
  const place = line === null ? path : `${path}:${line}`;
  const sentence = say(CURRICULUM_PROBLEMS[code], "en", params);
  return `${CURRICULUM_CHECK[level].en}: ${place}: ${sentence} [${code}]`;
}

function tableOf(rows: readonly (readonly string[])[]): string {
  const { lesson, languages, steps, quiz, largest } = CURRICULUM_CHECK;
  const all = [[lesson.en, languages.en, steps.en, quiz.en, largest.en], ...rows];
  const widths = all[0]?.map((_, at) => Math.max(...all.map((row) => row[at]?.length ?? 0))) ?? [];
  return all
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

process.exitCode = await curriculumCheck(process.argv.slice(2));
