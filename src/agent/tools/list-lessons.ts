import { z } from "zod";
import { PHRASES } from "#text/phrases.ts";
import { findLessons } from "./find-lessons.ts";
import type { ToolParts } from "./parts.ts";
import { defineTool, type Tool } from "./tool.ts";

const Input = z.strictObject({
  query: z.string().max(100).optional().describe("Words to look for in titles; leave out for all."),
});

export function listLessons(parts: Pick<ToolParts, "lessons">): Tool {
  return defineTool({
    name: "list_lessons",
    description: "Lists the lessons, all or those that fit some words.",
    effect: "reads",
    roles: [],
    phrases: PHRASES.list_lessons,
    input: Input,
    async run(speaker, { query = "" }) {
      const found = findLessons(parts.lessons, speaker.lang, query);
      return { data: found, shown: { show: "lessons", query } };
    },
  });
}
