import { parse } from "yaml";
import { z } from "zod";

/** Stable for ever: progress hangs on it, not on the path. */
export const LessonId = z
  .string()
  .regex(/^[a-z0-9-]{3,48}$/)
  .brand<"LessonId">();
export type LessonId = z.infer<typeof LessonId>;

const Lang = z.enum(["en", "ko"]);
const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const shared = {
  id: LessonId,
  title: z.string().min(1).max(80),
  summary: z.string().min(1).max(140),
  lang: Lang,
  objectives: z.array(z.string().min(1).max(100)).min(1).max(5),
};

/** The head of a canonical lesson; an unknown key is an error, because it is a misspelt one. */
export const CanonicalHead = z.strictObject({
  ...shared,
  order: z.number().int().min(1),
  minutes: z.number().int().min(3).max(30),
  level: z.enum(["beginner", "intermediate", "advanced"]),
  track: z.array(z.enum(["core", "aws", "gcp", "ops"])).min(1),
  prerequisites: z.array(LessonId).default([]),
  tools: z.array(z.string().regex(/^[a-z]{2,16}$/)).default([]),
  lab: z
    .string()
    .regex(/^[a-z0-9_]{1,48}\.lab$/)
    .optional(),
  pass: z
    .strictObject({
      quiz: z.number().int().min(0).max(100).default(70),
      lab: z.literal("required").optional(),
    })
    .default({ quiz: 70 }),
  status: z.enum(["published", "draft", "hidden", "deprecated"]).default("published"),
  owners: z.array(z.string()).default([]),
  updated: z.iso.date(),
});
export type CanonicalHead = z.infer<typeof CanonicalHead>;

/** The head of a translation; everything else is the canonical one's. */
export const TranslationHead = z.strictObject({ ...shared, source_hash: Sha256 });
export type TranslationHead = z.infer<typeof TranslationHead>;

export type HeadRead<T> = { ok: true; head: T } | { ok: false; why: string };

/** Reads a head; `why` names the key and what is wrong with it, in the parser's English. */
export function readHead<T>(schema: z.ZodType<T>, text: string): HeadRead<T> {
  const raw = parsedYaml(text);
  if (!raw.ok) {
    return raw;
  }
  const parsed = schema.safeParse(raw.head);
  if (parsed.success) {
    return { ok: true, head: parsed.data };
  }
  const issues = parsed.error.issues;
  return { ok: false, why: issues.map((i) => `${i.path.join(".")}: ${i.message}`).join("; ") };
}

function parsedYaml(text: string): HeadRead<unknown> {
  try {
    const head: unknown = parse(text);
    return { ok: true, head };
  } catch (error) {
    return { ok: false, why: error instanceof Error ? error.message : String(error) };
  }
}
