import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { loadCourse } from "#curriculum/course.ts";
import { LessonId } from "#curriculum/frontmatter.ts";

const REAL = fileURLToPath(new URL("../../curriculum", import.meta.url));
const CLI = LessonId.parse("cli-basics");

describe("the curriculum of this repository", () => {
  test("compiles in both languages without an error or a warning", () => {
    const { course, problems } = loadCourse(REAL);

    expect(problems).toEqual([]);
    expect([...course.lessons.keys()]).toEqual(["what-is-cloud", "first-apply", "cli-basics"]);
    for (const { canonical, translations } of course.lessons.values()) {
      expect(canonical.lang).toBe("en");
      expect(translations.map((lesson) => lesson.lang)).toEqual(["ko"]);
    }
  });

  test("turns the founding lesson's link into a tool in both languages", () => {
    const lesson = loadCourse(REAL).course.lessons.get(CLI);

    const tools = [lesson?.canonical, ...(lesson?.translations ?? [])].map(
      (version) => version?.steps[0]?.tools,
    );
    expect(tools).toEqual([
      [{ label: "Open CLI Tool", link: { tool: "cli", lab: null, run: null } }],
      [{ label: "CLI 도구 열기", link: { tool: "cli", lab: null, run: null } }],
    ]);
  });

  test("shows no Markdown marks to a reader in Korean", () => {
    const { course } = loadCourse(REAL);

    const shown = [...course.lessons.values()]
      .flatMap((lesson) => lesson.translations)
      .flatMap((lesson) => lesson.steps.flatMap((step) => step.blocks))
      .filter((block) => block.kind !== "code");
    expect(JSON.stringify(shown)).not.toMatch(/\*\*|`|<details>|\[!|mcp:/);
  });
});

describe("a changed copy of the curriculum", () => {
  let root = "";

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "course-"));
    cpSync(REAL, root, { recursive: true });
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  function edit(path: string, from: string, to: string): void {
    const file = join(root, path);
    const text = readFileSync(file, "utf8");
    expect(text).toContain(from);
    writeFileSync(file, text.replace(from, to));
  }

  function codes(): string[] {
    return loadCourse(root).problems.map((p) => `${p.level} ${p.path} ${p.code}`);
  }

  test("warns of a translation that is older than the original, and keeps serving it", () => {
    edit("part2/day3/cli_basics.md", "Do not guess", "Never guess");

    expect(codes()).toEqual(["warning part2/day3/cli_basics.ko.md translation-stale"]);
    expect(loadCourse(root).course.lessons.get(CLI)?.translations).toHaveLength(1);
  });

  test("does not serve a translation whose marks are not those of the original", () => {
    edit(
      "part2/day3/cli_basics.ko.md",
      "- [x] `terraform validate`",
      "- [ ] `terraform validate` :: x",
    );

    expect(codes()).toEqual(["error part2/day3/cli_basics.ko.md translation-differs"]);
    expect(loadCourse(root).course.lessons.get(CLI)?.translations).toEqual([]);
  });

  test("does not serve a lesson with an error, and serves the others", () => {
    edit("part2/day3/cli_basics.md", "mcp://tool/cli", "mcp://tool/rm");

    expect(codes()).toContain("error part2/day3/cli_basics.md tool-link");
    expect([...loadCourse(root).course.lessons.keys()]).toEqual(["what-is-cloud", "first-apply"]);
  });

  test("reports an id that two lessons share", () => {
    edit("part2/day1/first_apply.md", "id: first-apply", "id: what-is-cloud");

    expect(codes()).toContain("error part2/day1/first_apply.md id-twice");
  });

  test("reports a prerequisite and a lesson link that lead nowhere", () => {
    edit("part2/day3/cli_basics.md", "[first-apply]", "[no-such-lesson]");
    edit(
      "part2/day1/first_apply.md",
      "That matters more",
      "[See](mcp://lesson/gone-lesson) that matters",
    );

    expect(codes()).toContain("error part2/day3/cli_basics.md lesson-unknown");
    expect(codes()).toContain("error part2/day1/first_apply.md lesson-unknown");
  });

  test("reports a tool that the head does not list, and a check without a lab", () => {
    edit("part2/day3/cli_basics.md", "tools: [cli]", "tools: []");
    edit("part2/day1/first_apply.md", "That matters more", "[Check](mcp://check) that matters");

    expect(codes()).toContain("error part2/day3/cli_basics.md tool-unlisted");
    expect(codes()).toContain("error part2/day1/first_apply.md lab-missing");
  });

  test("warns of a lesson without a translation", () => {
    rmSync(join(root, "part1/day1/what_is_cloud.ko.md"));

    expect(codes()).toEqual(["warning part1/day1/what_is_cloud.md untranslated"]);
  });
});
