import type { Block, ListItem, Span } from "#bots/card.ts";
import type { ContainerStyle, Element, RichText, TableRow, TextRun } from "./adaptive-json.ts";
import { fieldElements } from "./adaptive-inputs.ts";
import { plain, safeLink } from "./plain.ts";

/** Longer lists become one element with line breaks: hundreds of addresses must fit a card. */
const LINES_AS_ELEMENTS = 12;

/** Blocks as body elements. `path` makes the ids of what can be unfolded unique in the card. */
export function elementsOf(blocks: readonly Block[], path: string): Element[] {
  const elements: Element[] = [];
  let separator = false;
  for (const [index, block] of blocks.entries()) {
    if (block.kind === "divider") {
      separator = true;
      continue;
    }
    const [first, ...rest] = elementOf(block, `${path}-${index}`);
    if (first !== undefined) {
      elements.push(separator ? { ...first, separator, spacing: "Medium" } : first, ...rest);
      separator = false;
    }
  }
  return elements;
}

function elementOf(block: Exclude<Block, { kind: "divider" }>, path: string): Element[] {
  switch (block.kind) {
    case "text":
      return [{ ...richText(block.spans.map((span) => runOf(span, block.subtle === true))) }];
    case "heading":
      return [{ ...heading(block.text), spacing: "Medium" }];
    case "facts":
      return [factsTable(block.facts)];
    case "list":
      return listElements(block);
    case "code":
      return [codeElement(block.text)];
    case "table":
      return tableElements(block);
    case "callout":
      return [calloutElement(block, path)];
    case "details":
      return detailsElements(block, path);
    case "field":
      return fieldElements(block.field);
  }
}

type Of<Kind extends Block["kind"]> = Extract<Block, { kind: Kind }>;

export function richText(inlines: readonly TextRun[]): RichText {
  return { type: "RichTextBlock", inlines };
}

function heading(text: string): RichText {
  return richText([{ type: "TextRun", text: plain(text), weight: "Bolder", size: "Medium" }]);
}

function runOf(span: Span, isSubtle = false): TextRun {
  const url = span.link === undefined ? null : safeLink(span.link);
  return {
    type: "TextRun",
    text: plain(span.text),
    ...(span.bold === true ? { weight: "Bolder" as const } : {}),
    ...(span.italic === true ? { italic: true } : {}),
    ...(span.code === true ? { fontType: "Monospace" as const } : {}),
    ...(isSubtle ? { isSubtle } : {}),
    ...(url === null ? {} : { selectAction: { type: "Action.OpenUrl" as const, url } }),
  };
}

/** Not a FactSet: hosts read its values as Markdown. */
function factsTable(facts: Of<"facts">["facts"]): Element {
  return {
    type: "Table",
    firstRowAsHeaders: false,
    showGridLines: false,
    columns: [{ width: 1 }, { width: 3 }],
    rows: facts.map(([label, value]) =>
      rowOf([runOf({ text: label }, true), runOf({ text: value })]),
    ),
  };
}

function listElements({ ordered, items, more }: Of<"list">): Element[] {
  const marks = ordered ? numbersOf(items) : items.map(() => "•");
  const lines = items.map((item, index) => lineOf(item, marks[index] ?? ""));
  if (lines.length <= LINES_AS_ELEMENTS || more !== undefined) {
    return lines.map((line, index) => ({
      ...richText(line),
      spacing: index === 0 ? "Default" : "Small",
    }));
  }
  return [richText(joined(lines))];
}

/** Each depth counts for itself, and from 1 again under another item. */
function numbersOf(items: readonly ListItem[]): string[] {
  const counts: number[] = [];
  return items.map(({ depth }) => {
    counts.length = Math.min(counts.length, depth + 1);
    counts[depth] = (counts[depth] ?? 0) + 1;
    return `${counts[depth]}.`;
  });
}

function lineOf({ spans, depth }: ListItem, mark: string): TextRun[] {
  // No-break spaces: hosts fold ordinary ones at the start of a line.
  const indent = "\u00a0\u00a0\u00a0\u00a0".repeat(depth);
  return [{ type: "TextRun", text: `${indent}${mark}\u00a0` }, ...spans.map((span) => runOf(span))];
}

/** Line after line in plain text, links excepted: marking each run makes a list three times as big. */
function joined(lines: readonly (readonly TextRun[])[]): TextRun[] {
  const runs: TextRun[] = [];
  let plainText = "";
  for (const run of lines.flatMap((line, index) => (index === 0 ? line : [LINE_BREAK, ...line]))) {
    if (run.selectAction === undefined) {
      plainText += run.text;
    } else {
      runs.push({ type: "TextRun", text: plainText }, run);
      plainText = "";
    }
  }
  return [...runs, { type: "TextRun", text: plainText }];
}

const LINE_BREAK: TextRun = { type: "TextRun", text: "\n" };

function codeElement(text: string): Element {
  return {
    type: "Container",
    style: "emphasis",
    items: [richText([{ type: "TextRun", text: plain(text), fontType: "Monospace" }])],
  };
}

function tableElements({ head, rows }: Of<"table">): Element[] {
  const headRow = rowOf(
    head.map((text) => ({ type: "TextRun", text: plain(text), weight: "Bolder" })),
  );
  return [
    {
      type: "Table",
      firstRowAsHeaders: true,
      showGridLines: true,
      columns: head.map(() => ({ width: 1 })),
      rows: [headRow, ...rows.map((row) => rowOf(row.map((text) => runOf({ text }))))],
    },
  ];
}

function rowOf(runs: readonly TextRun[]): TableRow {
  return {
    type: "TableRow",
    cells: runs.map((run) => ({ type: "TableCell", items: [richText([run])] })),
  };
}

const CALLOUT_STYLES = {
  note: "emphasis",
  warning: "warning",
  danger: "attention",
} as const satisfies Record<Of<"callout">["tone"], ContainerStyle>;

function calloutElement({ tone, blocks }: Of<"callout">, path: string): Element {
  return { type: "Container", style: CALLOUT_STYLES[tone], items: elementsOf(blocks, path) };
}

function detailsElements(block: Of<"details">, path: string): Element[] {
  const { summary, blocks, open = false } = block;
  const id = `details${path}`;
  const title = plain(summary);
  return [
    {
      type: "ActionSet",
      actions: [{ type: "Action.ToggleVisibility", title, targetElements: [id] }],
    },
    { type: "Container", id, isVisible: open, items: elementsOf(blocks, path) },
  ];
}
