import { z } from "zod";
import { CALLOUT_TONES } from "#curriculum/content.ts";
import { LessonId } from "#curriculum/frontmatter.ts";

const Lang = z.enum(["en", "ko"]);

const LessonLine = z.strictObject({
  id: LessonId,
  path: z.string(),
  title: z.string(),
  summary: z.string(),
  minutes: z.number(),
  stepCount: z.number().int(),
  langs: z.array(Lang),
});

const Day = z.strictObject({
  id: z.string(),
  title: z.string(),
  minutes: z.number(),
  lessons: z.array(LessonLine),
});

/** The syllabus: published lessons only. */
export const TreeAnswer = z.strictObject({
  title: z.string(),
  parts: z.array(
    z.strictObject({ id: z.string(), title: z.string(), summary: z.string(), days: z.array(Day) }),
  ),
});

const Inline = z.strictObject({
  text: z.string(),
  bold: z.boolean().optional(),
  italic: z.boolean().optional(),
  code: z.boolean().optional(),
  link: z.string().optional(),
});
const Spans = z.array(Inline);

/** One block of a lesson; callouts and details hold blocks of their own. */
export const Block = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("text"), spans: Spans }),
  z.strictObject({ kind: z.literal("heading"), text: z.string() }),
  z.strictObject({
    kind: z.literal("list"),
    ordered: z.boolean(),
    items: z.array(z.strictObject({ spans: Spans, depth: z.number().int() })),
  }),
  z.strictObject({ kind: z.literal("code"), language: z.string().nullable(), text: z.string() }),
  z.strictObject({
    kind: z.literal("table"),
    head: z.array(z.string()),
    rows: z.array(z.array(z.string())),
  }),
  z.strictObject({
    kind: z.literal("callout"),
    tone: z.enum(CALLOUT_TONES),
    get blocks() {
      return z.array(Block);
    },
  }),
  z.strictObject({
    kind: z.literal("details"),
    summary: z.string(),
    get blocks() {
      return z.array(Block);
    },
  }),
  z.strictObject({ kind: z.literal("divider") }),
]);

const ToolLink = z.discriminatedUnion("tool", [
  z.strictObject({
    tool: z.literal("cli"),
    lab: z.string().nullable(),
    run: z.string().nullable(),
  }),
  z.strictObject({ tool: z.enum(["check", "hint", "quiz"]) }),
  z.strictObject({ tool: z.literal("lesson"), lesson: LessonId }),
  z.strictObject({ tool: z.enum(["module", "deploy"]), module: z.string() }),
]);

const Step = z.strictObject({
  title: z.string(),
  minutes: z.number().nullable(),
  blocks: z.array(Block),
  tools: z.array(z.strictObject({ label: z.string(), link: ToolLink })),
  questions: z.array(
    z.strictObject({
      id: z.string(),
      type: z.enum(["single", "multi", "text"]),
      prompt: z.string(),
      options: z.array(z.strictObject({ id: z.string(), label: z.string() })),
    }),
  ),
});

/** One lesson, without the answers of its quizzes. */
export const ContentAnswer = z.strictObject({
  path: z.string(),
  id: LessonId,
  lang: Lang,
  title: z.string(),
  summary: z.string(),
  minutes: z.number(),
  objectives: z.array(z.string()),
  notes: z.array(z.enum(["not-translated", "translation-stale", "changed"])),
  markdown: z.string(),
  steps: z.array(Step),
});
