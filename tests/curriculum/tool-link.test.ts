import { describe, expect, test } from "vitest";
import { claimsTool, parseToolLink } from "#curriculum/tool-link.ts";

describe("a tool link", () => {
  test.each([
    ["mcp://tool/cli", { tool: "cli", lab: null, run: null }],
    ["mcp://tool/cli?lab=cli_basics", { tool: "cli", lab: "cli_basics", run: null }],
    ["mcp://tool/cli?lab=cli_basics&run=plan", { tool: "cli", lab: "cli_basics", run: "plan" }],
    ["mcp://check", { tool: "check" }],
    ["mcp://hint", { tool: "hint" }],
    ["mcp://quiz", { tool: "quiz" }],
    ["mcp://lesson/cli-basics", { tool: "lesson", lesson: "cli-basics" }],
    ["mcp://module/local_app_env", { tool: "module", module: "local_app_env" }],
    ["mcp://deploy/local_app_env", { tool: "deploy", module: "local_app_env" }],
  ])("%s is in the grammar", (url, link) => {
    expect(parseToolLink(url)).toEqual(link);
  });

  test.each([
    "mcp://tool/rm",
    "mcp://tool",
    "mcp://tool/cli/../rm",
    "mcp://tool/cli?run=a&run=b",
    "mcp://tool/cli?cmd=rm",
    "mcp://tool/cli?run=rm%20-rf",
    "mcp://tool/cli?run=$(id)",
    "mcp://check/all",
    "mcp://check?all=1",
    "mcp://deploy/../../x",
    "mcp://deploy/a b",
    "mcp://deploy/",
    "mcp://approve/chg-abc",
    "mcp:tool/cli",
    "MCP://tool/cli",
    " mcp://tool/cli",
    "mcp://tool/cli\n",
  ])("%j is outside the grammar, but still claims to be one", (url) => {
    expect(parseToolLink(url)).toBeNull();
    expect(claimsTool(url)).toBe(true);
  });

  test("an ordinary address claims nothing", () => {
    expect(claimsTool("https://example.com/mcp://tool/cli")).toBe(false);
  });
});
