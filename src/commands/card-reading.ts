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
  return partsOf(card).flatMap((part) => {
    switch ("type" in part ? part.type : "") {
      case "TextBlock":
        return [textOf(part, "text")];
      case "RichTextBlock":
        return "inlines" in part && Array.isArray(part.inlines)
          ? [
              part.inlines
                .map((run: unknown) => (typeof run === "string" ? run : textOf(run, "text")))
                .join(""),
            ]
          : [];
      case "FactSet":
        return "facts" in part && Array.isArray(part.facts)
          ? part.facts.map((fact: unknown) => `${textOf(fact, "title")}: ${textOf(fact, "value")}`)
          : [];
      default:
        return [];
    }
  });
}

/** Every object in the tree, outer before inner; fallbacks repeat what they stand for. */
function partsOf(value: unknown): object[] {
  if (Array.isArray(value)) {
    return value.flatMap(partsOf);
  }
  if (typeof value !== "object" || value === null) {
    return [];
  }
  const inner = Object.entries(value).filter(([key]) => key !== "fallback" && key !== "data");
  return [value, ...inner.flatMap(([, child]) => partsOf(child))];
}

function textOf(part: unknown, key: string): string {
  const found =
    typeof part === "object" && part !== null
      ? Object.entries(part).find(([name]) => name === key)
      : undefined;
  return String(found?.[1] ?? "");
}
