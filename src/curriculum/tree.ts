import { lstatSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import { join, resolve, sep } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { refusal, type Refusal } from "#text/refusal.ts";
import type { Lang } from "#text/wording.ts";

const Bilingual = z.strictObject({ en: z.string().min(1), ko: z.string().min(1) });

const CurriculumFile = z.strictObject({
  format_version: z.literal(1),
  title: Bilingual,
  default_lang: z.enum(["en", "ko"]),
  tracks: z.array(z.string()),
});
const PartFile = z.strictObject({ title: Bilingual, summary: Bilingual });
const DayFile = z.strictObject({ title: Bilingual, minutes: z.number().int().positive() });

/** The folders of the curriculum and the lesson files in them, unread and unjudged. */
export type Tree = z.infer<typeof CurriculumFile> & { readonly parts: readonly Part[] };
type Part = z.infer<typeof PartFile> & { readonly id: string; readonly days: readonly Day[] };
type Day = z.infer<typeof DayFile> & { readonly id: string; readonly files: readonly TreeFile[] };

/** `lang` is null on a canonical file; `path` is inside the curriculum folder. */
export type TreeFile = { readonly path: string; readonly lang: Lang | null };

const LESSON_PATH = /^part\d+\/day\d+\/[a-z0-9_]+(\.[a-z]{2})?\.md$/;
const LESSON_FILE = /^[a-z0-9_]+(?:\.(en|ko))?\.md$/;

/** The curriculum under `root` could not be read: a file is missing or not what it should be. */
export class CurriculumUnreadable extends Error {
  override readonly name = "CurriculumUnreadable";
}

/** Reads the folders, parts and days in the order of their numbers. */
export function readTree(root: string): Tree {
  const head = readYaml(CurriculumFile, join(root, "curriculum.yaml"));
  const parts = folders(root, "part").map((id) => ({
    id,
    ...readYaml(PartFile, join(root, id, "part.yaml")),
    days: folders(join(root, id), "day").map((day) => readDay(root, id, day)),
  }));
  return { ...head, parts };
}

function readDay(root: string, part: string, id: string): Day {
  const folder = join(root, part, id);
  const files = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && LESSON_FILE.test(entry.name))
    .map(({ name }): TreeFile => ({ path: `${part}/${id}/${name}`, lang: langOf(name) }));
  return { id, ...readYaml(DayFile, join(folder, "day.yaml")), files };
}

function langOf(name: string): Lang | null {
  const lang = LESSON_FILE.exec(name)?.[1];
  return lang === "en" || lang === "ko" ? lang : null;
}

/**
 * The file behind a path that came from outside, or a refusal: the path has the one allowed form,
 * stays under `root` and has no symbolic link on its way.
 */
export function insideCurriculum(root: string, path: string): string | Refusal {
  if (!isLessonPath(path)) {
    return refusal("lesson-path-refused", {});
  }
  const base = realpathSync(root);
  const file = resolve(base, path);
  if (!file.startsWith(base + sep)) {
    return refusal("lesson-path-refused", {});
  }
  const stat = lstatSync(file, { throwIfNoEntry: false });
  if (stat === undefined) {
    return refusal("lesson-not-found", { lesson: path });
  }
  if (!stat.isFile() || realpathSync(file) !== file) {
    return refusal("lesson-path-refused", {});
  }
  return file;
}

/** `part2/day3/cli_basics.md` or `….ko.md`: nothing else is ever read for somebody outside. */
export function isLessonPath(path: string): boolean {
  return path.length <= 120 && LESSON_PATH.test(path);
}

function folders(folder: string, prefix: string): string[] {
  const number = (name: string) => Number(name.slice(prefix.length));
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && new RegExp(`^${prefix}\\d+$`).test(entry.name))
    .map((entry) => entry.name)
    .sort((a, b) => number(a) - number(b));
}

function readYaml<T>(schema: z.ZodType<T>, file: string): T {
  try {
    return schema.parse(parse(readFileSync(file, "utf8")));
  } catch (cause) {
    throw new CurriculumUnreadable(`reading ${file}`, { cause });
  }
}
