import { LessonId } from "./frontmatter.ts";

/** What a lesson may ask the product to open; there is no other `mcp:` link. */
export type ToolLink =
  | { readonly tool: "cli"; readonly lab: string | null; readonly run: string | null }
  | { readonly tool: "check" }
  | { readonly tool: "hint" }
  | { readonly tool: "quiz" }
  | { readonly tool: "lesson"; readonly lesson: LessonId }
  | { readonly tool: "module"; readonly module: string }
  | { readonly tool: "deploy"; readonly module: string };

/** A tool link lifted out of the text; its label goes on the button. */
export type ToolButton = { readonly label: string; readonly link: ToolLink };

const NAME = /^[a-z0-9][a-z0-9_-]{0,47}$/;
const ADDRESS = /^mcp:\/\/([a-z]+)(?:\/([a-z0-9_-]+))?(?:\?([a-z0-9_=&-]+))?$/;

/** True for every address that claims to be a tool link, valid or not. */
export function claimsTool(url: string): boolean {
  return /^\s*mcp:/i.test(url);
}

/** The tool a link names; null when it is outside the grammar. */
export function parseToolLink(url: string): ToolLink | null {
  const found = ADDRESS.exec(url);
  if (found === null) {
    return null;
  }
  const [, host = "", name = "", query] = found;
  if (host === "tool") {
    return name === "cli" ? cliLink(query) : null;
  }
  return query === undefined ? plainLink(host, name) : null;
}

function plainLink(host: string, name: string): ToolLink | null {
  switch (host) {
    case "check":
    case "hint":
    case "quiz":
      return name === "" ? { tool: host } : null;
    case "lesson": {
      const lesson = LessonId.safeParse(name);
      return lesson.success ? { tool: "lesson", lesson: lesson.data } : null;
    }
    case "module":
    case "deploy":
      return NAME.test(name) ? { tool: host, module: name } : null;
    default:
      return null;
  }
}

function cliLink(query: string | undefined): ToolLink | null {
  const params = new URLSearchParams(query ?? "");
  const known = [...params].every(
    ([key, value]) => (key === "lab" || key === "run") && NAME.test(value),
  );
  const once = new Set(params.keys()).size === params.size;
  return known && once ? { tool: "cli", lab: params.get("lab"), run: params.get("run") } : null;
}
