import { describe, expect, test } from "vitest";
import { compileLesson } from "#curriculum/lesson.ts";

describe("a lesson", () => {
  test("is cut at its headings, with durations taken out of the text", () => {
    const { lesson, problems } = compiled("## One\nDuration: 3\n\nText.\n");

    expect(problems).toEqual([]);
    expect(lesson?.steps.map(({ title, minutes }) => [title, minutes])).toEqual([
      ["One", 3],
      ["Check yourself", null],
    ]);
    expect(lesson?.steps[0]?.blocks).toEqual([{ kind: "text", spans: [{ text: "Text." }] }]);
  });

  test("keeps Korean bold and code when a particle follows without a space", () => {
    const { lesson } = compiled(
      "## 하나\n**계획(plan)**을 봅니다. **`plan`**은 *상태*를 읽습니다.\n",
    );

    expect(lesson?.steps[0]?.blocks).toEqual([
      {
        kind: "text",
        spans: [
          { text: "계획(plan)", bold: true },
          { text: "을 봅니다. " },
          { text: "plan", bold: true, code: true },
          { text: "은 " },
          { text: "상태", italic: true },
          { text: "를 읽습니다." },
        ],
      },
    ]);
  });

  test("knows lists, code, tables, callouts and details", () => {
    const { lesson, problems } = compiled(EVERYTHING);

    expect(problems).toEqual([]);
    expect(lesson?.steps[0]?.blocks).toEqual([
      { kind: "heading", text: "Deeper" },
      {
        kind: "list",
        ordered: false,
        items: [
          { depth: 0, spans: [{ text: "one" }] },
          { depth: 1, spans: [{ text: "☑ " }, { text: "two" }] },
        ],
      },
      { kind: "code", language: "hcl", text: 'a = "<b>"' },
      { kind: "table", head: ["k", "v"], rows: [["a", "b"]] },
      {
        kind: "callout",
        tone: "warning",
        blocks: [{ kind: "text", spans: [{ text: "Hot." }] }],
      },
      {
        kind: "details",
        summary: "Hint",
        blocks: [{ kind: "text", spans: [{ text: "Inside." }] }],
      },
      { kind: "divider" },
    ]);
  });

  test("has its tool links lifted out, the label staying bold in the text", () => {
    const { lesson } = compiled("## One\n[Open CLI Tool](mcp://tool/cli) gives you a shell.\n");

    expect(lesson?.steps[0]?.tools).toEqual([
      { label: "Open CLI Tool", link: { tool: "cli", lab: null, run: null } },
    ]);
    expect(lesson?.steps[0]?.blocks).toEqual([
      {
        kind: "text",
        spans: [{ text: "Open CLI Tool", bold: true }, { text: " gives you a shell." }],
      },
    ]);
  });

  test("is split between blocks when a step is too big for one message", () => {
    const code = `\`\`\`sh\n${"echo 0123456789\n".repeat(38)}\`\`\`\n\n`;

    const { lesson } = compiled(`## Long\nDuration: 5\n\n${code.repeat(14)}`);

    const pages = lesson?.steps.filter((step) => step.title === "Long") ?? [];
    expect(pages.map(({ page, minutes }) => [page, minutes])).toEqual([
      [1, 5],
      [2, null],
    ]);
    expect(pages.flatMap((page) => page.blocks)).toHaveLength(14);
    expect(pages.every((page) => JSON.stringify(page.blocks).length <= 7_000)).toBe(true);
  });

  test("shows its Markdown without the answers of its quiz", () => {
    const { lesson } = compiled("## One\nText.\n");

    expect(lesson?.markdown).toContain("- [ ] yes");
    expect(lesson?.markdown).not.toMatch(/\[x\]|Really|id: test-lesson/);
  });
});

describe("a hostile lesson", () => {
  test.each([
    ["html", "<script>alert(1)</script>"],
    ["html", "text <img src=x onerror=alert(1)> text"],
    ["html", "<details open ontoggle=alert(1)>\n<summary>x</summary>\n\ny\n\n</details>"],
    ["html", "<details>\n<summary>never closed</summary>\n\ny"],
    ["html", "hello <!channel> hello"],
    ["ping", "`<!channel>`"],
    ["ping", "```sh\necho '<!here>'\n```"],
    ["ping", "\\<@U123>"],
    ["tool-link", "[x](mcp://tool/rm)"],
    ["tool-link", "[x](MCP://tool/cli)"],
    ["link", "[x](javascript:alert(1))"],
    ["link", "[x](data:text/html,x)"],
    ["link", "[x](//evil.example)"],
    ["link", "[x](../../etc/passwd)"],
    ["link", "[x](https://good.example@evil.example/)"],
    ["unsupported", "![picture](https://evil.example/pixel.png)"],
    ["unsupported", "[x][ref]\n\n[ref]: javascript:alert(1)"],
    ["callout", "> a plain quote"],
    ["quiz-place", "- item\n\n> [!NOTE]\n> ```quiz id=q9 type=text\n> Which?\n> = secret\n> ```"],
    ["code-size", `\`\`\`\n${"x\n".repeat(41)}\`\`\``],
    ["step-size", "word ".repeat(400)],
  ])("is reported as %s and not served: %s", (code, markdown) => {
    const { lesson, problems } = compiled(`## One\n${markdown}\n`);

    expect(lesson).toBeNull();
    expect(problems.map((problem) => problem.code)).toContain(code);
  });

  test.each([
    ["an unknown key", "colour: red\n", /colour/],
    ["an id that could be a path", "id: ../x\n", /id/],
    ["broken YAML", "title: [\n", /./],
  ])("with %s in its head says so", (_what, head, why) => {
    const { lesson, problems } = compileLesson({
      path: "part1/day1/x.md",
      lang: "en",
      canonical: null,
      source: source("## One\nText.\n", head),
    });

    expect(lesson).toBeNull();
    expect(problems[0]).toMatchObject({
      code: "head",
      params: { why: expect.stringMatching(why) },
    });
  });
});

const HEAD = `title: A lesson
summary: For tests.
lang: en
order: 1
minutes: 5
level: beginner
track: [core]
objectives: [Pass]
tools: [cli]
updated: 2026-11-21
`;

const QUIZ = `
## Check yourself

\`\`\`quiz id=q1 type=single
Sure?
- [x] yes
- [ ] no :: Really?
\`\`\`
`;

const EVERYTHING = `## One
### Deeper

- one
  - [x] two

\`\`\`hcl
a = "<b>"
\`\`\`

| k | v |
|---|---|
| a | **b** |

> [!WARNING]
> Hot.

<details>
<summary>Hint</summary>

Inside.

</details>

---
`;

function source(body: string, head = "id: test-lesson\n"): string {
  return `---\n${head.startsWith("id:") ? "" : "id: test-lesson\n"}${head}${HEAD}---\n\n${body}${QUIZ}`;
}

function compiled(body: string) {
  return compileLesson({
    path: "part1/day1/x.md",
    lang: "en",
    canonical: null,
    source: source(body),
  });
}
