import type { Link, PhrasingContent } from "mdast";
import { toString } from "mdast-util-to-string";
import type { Inline } from "./content.ts";
import type { Report } from "./problem.ts";
import { claimsTool, parseToolLink, type ToolButton } from "./tool-link.ts";

/** One step being read: where problems and lifted tool links go. */
export type Reading = { readonly report: Report; readonly tools: ToolButton[] };

type Marks = Omit<Inline, "text">;

// What Slack or Teams would turn into a mention, wherever it stands.
const PING = /<(?:[!@#]|at>)/i;

/** The pieces of a line. What may not be shown is reported and left out. */
export function inlinesOf(
  nodes: readonly PhrasingContent[],
  reading: Reading,
  marks: Marks = {},
): Inline[] {
  return nodes.flatMap((node) => inlineOf(node, reading, marks));
}

function inlineOf(node: PhrasingContent, reading: Reading, marks: Marks): Inline[] {
  if (node.type === "text") {
    return [plain(node.value.replaceAll("\n", " "), node, { reading, marks })];
  }
  if (node.type === "inlineCode") {
    return [plain(node.value, node, { reading, marks: { ...marks, code: true } })];
  }
  if (node.type === "strong") {
    return inlinesOf(node.children, reading, { ...marks, bold: true });
  }
  if (node.type === "emphasis") {
    return inlinesOf(node.children, reading, { ...marks, italic: true });
  }
  if (node.type === "link") {
    return linkOf(node, reading, marks);
  }
  if (node.type === "break") {
    return [{ ...marks, text: "\n" }];
  }
  const code = node.type === "html" ? "html" : "unsupported";
  reading.report(lineOf(node), code, { what: node.type });
  return [];
}

function plain(
  text: string,
  node: PhrasingContent,
  { reading, marks }: { reading: Reading; marks: Marks },
): Inline {
  checkPing(text, lineOf(node), reading.report);
  return { ...marks, text };
}

export function checkPing(text: string, line: number | null, report: Report): void {
  if (PING.test(text)) {
    report(line, "ping");
  }
}

function linkOf(node: Link, reading: Reading, marks: Marks): Inline[] {
  if (claimsTool(node.url)) {
    const link = parseToolLink(node.url);
    if (link === null) {
      reading.report(lineOf(node), "tool-link", { url: node.url });
      return [];
    }
    reading.tools.push({ label: toString(node), link });
    return inlinesOf(node.children, reading, { ...marks, bold: true });
  }
  if (!mayLink(node.url)) {
    reading.report(lineOf(node), "link", { url: node.url });
    return inlinesOf(node.children, reading, marks);
  }
  return inlinesOf(node.children, reading, { ...marks, link: node.url });
}

/** http and https without a user name in it; `https://bank.example@evil.example` misleads. */
export function mayLink(url: string): boolean {
  const parsed = URL.parse(url);
  const web = parsed?.protocol === "https:" || parsed?.protocol === "http:";
  return web && parsed.username === "" && parsed.password === "";
}

export function lineOf(node: {
  position?: { start: { line: number } } | undefined;
}): number | null {
  return node.position?.start.line ?? null;
}
