import { createHash } from "node:crypto";
import type { Root, Yaml } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { frontmatterFromMarkdown } from "mdast-util-frontmatter";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { cjkFriendlyExtension } from "micromark-extension-cjk-friendly";
import { frontmatter } from "micromark-extension-frontmatter";
import { gfm } from "micromark-extension-gfm";
import type { Lang } from "#text/wording.ts";
import { CanonicalHead, readHead, TranslationHead, type LessonId } from "./frontmatter.ts";
import { reportInto, type Problem, type Report } from "./problem.ts";
import { readSteps, type LessonBody } from "./steps.ts";

/** A lesson ready to be served, in one language. Texts are plain: no Markdown, no HTML. */
export type Lesson = Omit<CanonicalHead, "lang" | "id"> &
  LessonBody & {
    readonly id: LessonId;
    /** Of this language's file, inside the curriculum folder. */
    readonly path: string;
    readonly lang: Lang;
    /** sha256 of this file's body. */
    readonly hash: string;
    /** Of the canonical body that was translated; null on the canonical lesson itself. */
    readonly sourceHash: string | null;
  };

/** One lesson in all its languages. */
export type CourseLesson = {
  readonly canonical: Lesson;
  readonly translations: readonly Lesson[];
};

/** `canonical` is the lesson this file translates; null when it is the canonical one. */
export type LessonFile = {
  readonly path: string;
  readonly lang: Lang;
  readonly source: string;
  readonly canonical: Lesson | null;
};

/** Compiles one file. With an error among the problems there is no lesson. */
export function compileLesson(file: LessonFile): { lesson: Lesson | null; problems: Problem[] } {
  const problems: Problem[] = [];
  const report = reportInto(problems, file.path);
  const tree = parseMarkdown(file.source);
  const first = tree.children[0];
  if (first?.type !== "yaml") {
    report(1, "head-missing");
    return { lesson: null, problems };
  }
  const head = headOf(first, file, report);
  const bodyStart = first.position?.end.offset ?? 0;
  const read = readSteps({ tree, source: file.source, bodyStart }, report);
  if (head === null || problems.length > 0) {
    return { lesson: null, problems };
  }
  const hash = createHash("sha256").update(file.source.slice(bodyStart).trim()).digest("hex");
  return { lesson: { ...head, path: file.path, hash, ...read }, problems };
}

type Head = Pick<Lesson, "sourceHash" | "lang" | "id"> & Omit<CanonicalHead, "lang" | "id">;

function headOf(node: Yaml, { lang, canonical }: LessonFile, report: Report): Head | null {
  const read = canonical === null ? canonicalHead(node) : translationHead(node, canonical);
  if (!read.ok) {
    report(1, "head", { why: read.why });
    return null;
  }
  if (read.head.lang !== lang) {
    report(1, "head", { why: `lang: expected ${lang}` });
  }
  if (canonical !== null && read.head.id !== canonical.id) {
    report(1, "head", { why: `id: expected ${canonical.id}` });
  }
  return read.head;
}

type Read = { ok: true; head: Head } | { ok: false; why: string };

function canonicalHead(node: Yaml): Read {
  const read = readHead(CanonicalHead, node.value);
  return read.ok ? { ok: true, head: { ...read.head, sourceHash: null } } : read;
}

function translationHead(node: Yaml, canonical: Lesson): Read {
  const read = readHead(TranslationHead, node.value);
  if (!read.ok) {
    return read;
  }
  const { source_hash: sourceHash, ...own } = read.head;
  return { ok: true, head: { ...canonical, ...own, sourceHash } };
}

// Without the cjk extension `**계획(plan)**을` keeps its asterisks.
function parseMarkdown(source: string): Root {
  return fromMarkdown(source, {
    extensions: [gfm(), frontmatter(["yaml"]), cjkFriendlyExtension()],
    mdastExtensions: [gfmFromMarkdown(), frontmatterFromMarkdown(["yaml"])],
  });
}
