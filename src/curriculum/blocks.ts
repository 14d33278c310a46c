import type { Blockquote, Code, Html, List, ListItem, RootContent, Table } from "mdast";
import { toString } from "mdast-util-to-string";
import { CALLOUT_TONES, type CalloutTone, type Content, type ContentItem } from "./content.ts";
import { checkPing, inlinesOf, lineOf, type Reading } from "./inlines.ts";

const CODE_LINES = 40;
const CODE_CHARACTERS = 2_500;
const CODE_COLUMNS = 100;
const TABLE_COLUMNS = 6;
const TABLE_ROWS = 20;

/** Markdown nodes as neutral blocks. What may not be shown is reported and left out. */
export function blocksOf(nodes: readonly RootContent[], reading: Reading): Content[] {
  const blocks: Content[] = [];
  for (let at = 0; at < nodes.length; at += 1) {
    const node = nodes[at];
    const details = node?.type === "html" ? detailsAt(nodes, at, reading) : null;
    if (details !== null) {
      blocks.push(details.block);
      at = details.end;
    } else if (node !== undefined) {
      blocks.push(...blockOf(node, reading));
    }
  }
  return blocks;
}

function blockOf(node: RootContent, reading: Reading): Content[] {
  if (node.type === "paragraph") {
    return [{ kind: "text", spans: inlinesOf(node.children, reading) }];
  }
  if (node.type === "heading") {
    const spans = inlinesOf(node.children, reading);
    return [{ kind: "heading", text: spans.map((span) => span.text).join("") }];
  }
  if (node.type === "list") {
    return [{ kind: "list", ordered: node.ordered === true, items: itemsOf(node, 0, reading) }];
  }
  if (node.type === "code") {
    return codeOf(node, reading);
  }
  if (node.type === "table") {
    return [tableOf(node, reading)];
  }
  if (node.type === "blockquote") {
    return calloutOf(node, reading);
  }
  if (node.type === "thematicBreak") {
    return [{ kind: "divider" }];
  }
  const code = node.type === "html" ? "html" : "unsupported";
  reading.report(lineOf(node), code, { what: node.type });
  return [];
}

// The only HTML there is: <details> with its summary, a blank line, Markdown, </details>.
function detailsAt(
  nodes: readonly RootContent[],
  at: number,
  reading: Reading,
): { block: Content; end: number } | null {
  const open = nodes[at];
  const summary = open?.type === "html" ? summaryOf(open) : null;
  const length = nodes.slice(at + 1).findIndex((node) => closesDetails(node));
  if (summary === null || length < 0) {
    return null;
  }
  const end = at + 1 + length;
  checkPing(summary, open === undefined ? null : lineOf(open), reading.report);
  const blocks = blocksOf(nodes.slice(at + 1, end), reading);
  return { block: { kind: "details", summary, blocks }, end };
}

function summaryOf(node: Html): string | null {
  const found = /^<details>\s*<summary>([^<>]{1,80})<\/summary>\s*$/.exec(node.value);
  return found?.[1]?.trim() ?? null;
}

function closesDetails(node: RootContent): boolean {
  return node.type === "html" && node.value.trim() === "</details>";
}

function itemsOf(list: List, depth: number, reading: Reading): ContentItem[] {
  return list.children.flatMap((item) => itemOf(item, depth, reading));
}

function itemOf(item: ListItem, depth: number, reading: Reading): ContentItem[] {
  const task = typeof item.checked === "boolean" ? [{ text: item.checked ? "☑ " : "☐ " }] : [];
  const own: ContentItem = { depth, spans: task };
  const items = [own];
  for (const child of item.children) {
    if (child.type === "paragraph") {
      const before = items[0] ?? own;
      const gap = before.spans.length > task.length ? [{ text: "\n" }] : [];
      const spans = [...before.spans, ...gap, ...inlinesOf(child.children, reading)];
      items[0] = { depth, spans };
    } else if (child.type === "list") {
      items.push(...itemsOf(child, depth + 1, reading));
    } else {
      reading.report(lineOf(child), "list-content", { what: child.type });
    }
  }
  return items;
}

function codeOf(node: Code, reading: Reading): Content[] {
  const lines = node.value.split("\n");
  const long =
    lines.length > CODE_LINES ||
    node.value.length > CODE_CHARACTERS ||
    lines.some((line) => line.length > CODE_COLUMNS);
  if (long) {
    reading.report(lineOf(node), "code-size");
  }
  if (node.lang === "quiz") {
    reading.report(lineOf(node), "quiz-place");
    return [];
  }
  checkPing(node.value, lineOf(node), reading.report);
  return [{ kind: "code", language: node.lang ?? null, text: node.value }];
}

function tableOf(node: Table, reading: Reading): Content {
  const [head = [], ...rows] = node.children.map((row) =>
    row.children.map((cell) =>
      inlinesOf(cell.children, reading)
        .map((span) => span.text)
        .join(""),
    ),
  );
  if (head.length > TABLE_COLUMNS || rows.length > TABLE_ROWS) {
    reading.report(lineOf(node), "table-size");
  }
  return { kind: "table", head, rows };
}

function calloutOf(node: Blockquote, reading: Reading): Content[] {
  const [first, ...others] = node.children;
  const tone = first?.type === "paragraph" ? toneOf(toString(first)) : null;
  if (first?.type !== "paragraph" || tone === null) {
    reading.report(lineOf(node), "callout");
    return [];
  }
  const [label, ...after] = first.children;
  const text = label?.type === "text" ? label.value.replace(/^\[![A-Z]+\]\s*/, "") : "";
  const rest = text === "" ? after : [{ type: "text" as const, value: text }, ...after];
  const opening: Content[] =
    rest.length === 0 ? [] : [{ kind: "text", spans: inlinesOf(rest, reading) }];
  return [{ kind: "callout", tone, blocks: [...opening, ...blocksOf(others, reading)] }];
}

function toneOf(text: string): CalloutTone | null {
  const name = /^\[!([A-Z]+)\]/.exec(text)?.[1]?.toLowerCase();
  return CALLOUT_TONES.find((tone) => tone === name) ?? null;
}
