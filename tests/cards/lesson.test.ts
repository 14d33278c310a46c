import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { ButtonValue, type Action } from "#bots/card.ts";
import { lessonCard } from "#bots/cards/lesson.ts";
import { learningCards } from "#bots/learning.ts";
import { adaptiveCard } from "#bots/render/adaptive-card.ts";
import { loadCourse } from "#curriculum/course.ts";
import { openCurriculum, type StepAsked } from "#curriculum/service.ts";
import { isRefusal } from "#text/refusal.ts";
import type { Lang } from "#text/wording.ts";
import { fakeLessonProgress } from "./../fakes/lesson-progress.ts";

const { course } = loadCourse(fileURLToPath(new URL("../../curriculum", import.meta.url)));
const STEPS = [...course.lessons.values()].flatMap(({ canonical }) =>
  [0, ...canonical.steps.keys().map((at) => at + 1)].map((step) => ({
    lesson: canonical.id,
    step,
  })),
);

describe.each(["en", "ko"] as const)("a lesson's cards in %s", (lang) => {
  test.each(STEPS)("$lesson step $step fits a message of either platform", async (at) => {
    const card = await cardOf(at, lang);

    expect(JSON.stringify(card).length).toBeLessThanOrEqual(9_000);
    expect(JSON.stringify(adaptiveCard(card)).length).toBeLessThanOrEqual(24_000);
    expect(card.actions.length).toBeLessThanOrEqual(6);
  });

  test.each(STEPS)("$lesson step $step has only buttons that doors accept", async (at) => {
    const card = await cardOf(at, lang);

    const read = card.actions.map((action) => ButtonValue.safeParse(action.value).success);
    expect(read).toEqual(card.actions.map(() => true));
  });
});

describe("the founding lesson", () => {
  test("has the shell behind its button, on the cover and on the step that names it", async () => {
    const cover = await cardOf({ lesson: "cli-basics", step: 0 }, "en");
    const first = await cardOf({ lesson: "cli-basics", step: 1 }, "en");

    const shell = { label: "Open CLI Tool", value: { do: "shell", lesson: "cli-basics" } };
    expect(cover.actions).toContainEqual(expect.objectContaining(shell));
    expect(first.actions).toContainEqual(expect.objectContaining(shell));
  });

  test("is walked by its primary button from the cover to the last step", async () => {
    const seen = [];
    let at: StepAsked = { lesson: "cli-basics", step: 0 };
    for (let press = 0; press < 5; press += 1) {
      const { actions } = await cardOf(at, "en");
      at = lessonBehind(actions.find((action) => action.style === "primary"));
      seen.push(at.step);
    }

    expect(seen).toEqual([1, 2, 3, 4, 5]);
  });

  test("goes back from each step to the one before", async () => {
    const { actions } = await cardOf({ lesson: "cli-basics", step: 3 }, "ko");

    expect(actions.find((action) => action.label === "이전")?.value).toEqual({
      do: "lesson",
      lesson: "cli-basics",
      step: 2,
    });
  });

  test("asks for an answer with the press, and the verdict comes on a card of its own", async () => {
    const cards = learningCards(opened());
    const { actions } = await cardOf({ lesson: "cli-basics", step: 5 }, "en");

    const given = { lesson: "cli-basics", step: 5, answers: { q1: "a" } };
    const verdict = await cards.answer("student", "en", given);

    expect(actions[0]).toMatchObject({
      label: "Answer question 1",
      value: { do: "lesson", lesson: "cli-basics", step: 5 },
      input: { id: "q1", required: true },
    });
    expect(verdict).toMatchObject({ title: "Your answer", tone: "attention" });
    expect(JSON.stringify(verdict)).toContain("then has nothing to complain about");
  });
});

function opened() {
  const progress = fakeLessonProgress();
  return openCurriculum({ course, progress, now: () => new Date(0) });
}

async function cardOf(at: StepAsked, lang: Lang) {
  const view = await opened().step({ person: "student" }, at, lang);
  if (isRefusal(view)) {
    throw new Error(view.code);
  }
  return lessonCard(view, lang);
}

function lessonBehind(action: Action | undefined): StepAsked {
  if (action?.value.do !== "lesson") {
    throw new Error("no button leads on");
  }
  return action.value;
}
