import { z } from "zod";
import type { Speaker } from "#agent/ports.ts";
import { PHRASES } from "#text/phrases.ts";
import { refusal, type Refusal } from "#text/refusal.ts";
import { findLessons } from "./find-lessons.ts";
import type { ToolParts } from "./parts.ts";
import { defineTool, type Tool, type ToolOutcome } from "./tool.ts";

const Input = z.strictObject({
  lesson: z.string().max(200).optional().describe("Id, path or words of the title."),
  go: z
    .enum(["next", "back"])
    .optional()
    .describe("Move in the lesson that the person has open instead."),
});

/** Opens a lesson at its cover, or moves in the one read last; without both it goes on. */
export function openLesson(parts: Pick<ToolParts, "lessons">): Tool {
  return defineTool({
    name: "open_lesson",
    description: "Opens a lesson in the thread, or the next or previous step of the open one.",
    effect: "reads",
    roles: [],
    phrases: PHRASES.open_lesson,
    input: Input,
    async run(speaker, { lesson, go = "next" }) {
      return lesson === undefined ? move(parts, speaker, go) : open(parts, speaker, lesson);
    },
  });
}

function open(
  parts: Pick<ToolParts, "lessons">,
  { lang }: Speaker,
  query: string,
): ToolOutcome | Refusal {
  const found = findLessons(parts.lessons, lang, query);
  const [first] = found;
  if (first === undefined) {
    return refusal("lesson-not-found", { lesson: query.slice(0, 80) });
  }
  return found.length === 1
    ? showStep(first, 0)
    : { data: found, shown: { show: "lessons", query } };
}

/** Within the lesson read last; behind its last step comes the next lesson's cover. */
async function move(
  parts: Pick<ToolParts, "lessons">,
  { viewer, lang }: Speaker,
  go: "next" | "back",
): Promise<ToolOutcome | Refusal> {
  const { lessons, next } = await parts.lessons.progress({ person: viewer.person }, lang);
  const [last] = lessons;
  if (go === "back") {
    return last === undefined
      ? refusal("no-lesson-open")
      : showStep(last, Math.max(0, last.step - 1));
  }
  if (last !== undefined && last.step < last.stepCount) {
    return showStep(last, last.step + 1);
  }
  return next === null ? refusal("nothing-next") : showStep(next, 0);
}

function showStep({ id, title }: { id: string; title: string }, step: number): ToolOutcome {
  return { data: { lesson: title, step }, shown: { show: "lesson", lesson: id, step } };
}
