import { z } from "zod";

const Data = z.looseObject({ do: z.string() });

/** The `data` of every action anywhere in an Adaptive Card. */
export function actionsIn(card: unknown): z.infer<typeof Data>[] {
  return partsOf(card).flatMap((part) => {
    const isAction = "type" in part && String(part.type).startsWith("Action.");
    const data = isAction && "data" in part ? Data.safeParse(part.data) : null;
    return data?.success === true ? [data.data] : [];
  });
}

/** What a card says, line by line, for a terminal. */
export function linesOf(card: unknown): string[] {
  return childrenOf(card).flatMap((part) => {
    const type = textOf(part, "type");
    if (type === "TableRow" || type === "ColumnSet") {
      return [linesOf(part).join("  ")];
    }
    return LINES[type]?.(part) ?? linesOf(part);
  });
}

const LINES: Readonly<Record<string, (part: object) => string[]>> = {
  TextBlock: (part) => [textOf(part, "text")],
  RichTextBlock: (part) => [
    childrenOf(part)
      .map((run) => textOf(run, "text"))
      .join(""),
  ],
  FactSet: (part) =>
    childrenOf(part).map((fact) => `${textOf(fact, "title")}: ${textOf(fact, "value")}`),
};

/** The first address in the card that holds `part`; null when there is none. */
export function linkIn(card: unknown, part: string): string | null {
  const urls = partsOf(card).map((one) => textOf(one, "url"));
  return urls.find((url) => url.includes(part)) ?? null;
}

/** Every object in the tree, outer before inner. */
function partsOf(value: unknown): object[] {
  const children = childrenOf(value).flatMap(partsOf);
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? [value, ...children]
    : children;
}

/** The objects directly below; fallbacks repeat what they stand for. */
function childrenOf(value: unknown): object[] {
  if (typeof value !== "object" || value === null) {
    return [];
  }
  const inner = Object.entries(value).filter(([key]) => key !== "fallback" && key !== "data");
  return inner
    .flatMap(([, child]: [string, unknown]) => (Array.isArray(child) ? child : [child]))
    .filter((child: unknown): child is object => typeof child === "object" && child !== null);
}

function textOf(part: unknown, key: string): string {
  const found =
    typeof part === "object" && part !== null
      ? Object.entries(part).find(([name]) => name === key)
      : undefined;
  return String(found?.[1] ?? "");
}
