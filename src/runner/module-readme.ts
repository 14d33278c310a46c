import type { Module, ModuleVariable } from "#deployments/ports.ts";

const OPENING = "<!-- tables -->";
const CLOSING = "<!-- /tables -->";

/** The README with the module's tables of now between its markers; null when it lacks the markers. */
export function withTables(readme: string, module: Module): string | null {
  const start = readme.indexOf(OPENING);
  const end = readme.indexOf(CLOSING);
  if (start === -1 || end < start) {
    return null;
  }
  const head = readme.slice(0, start + OPENING.length);
  return `${head}\n${tablesOf(module)}\n${readme.slice(end)}`;
}

function tablesOf(module: Module): string {
  const variables = module.variables.map((each) => [
    `\`${each.name}\``,
    `\`${oneLine(each.type)}\``,
    defaultOf(each),
    each.description,
  ]);
  const outputs = module.outputs.map((each) => [
    `\`${each.name}\`${each.sensitive ? " (sensitive)" : ""}`,
    each.description,
  ]);
  return [
    table(["variable", "type", "default", "what it is"], variables),
    table(["output", "what it is"], outputs),
  ].join("\n\n");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => "---"), ...rows];
  return lines.map((cells) => `| ${cells.map(cell).join(" | ")} |`).join("\n");
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}

function defaultOf(variable: ModuleVariable): string {
  return variable.required ? "required" : `\`${JSON.stringify(variable.default)}\``;
}

function oneLine(type: string): string {
  return type
    .replace(/\{\s*\n\s*/g, "{ ")
    .replace(/\s*\n\s*\}/g, " }")
    .replace(/\s*\n\s*/g, ", ")
    .replace(/[ \t]+/g, " ");
}
