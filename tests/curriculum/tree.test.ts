import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CurriculumUnreadable, insideCurriculum, readTree } from "#curriculum/tree.ts";
import { isRefusal } from "#text/refusal.ts";

let folder = "";
let root = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "curriculum-"));
  root = join(folder, "curriculum");
  mkdirSync(join(root, "part2", "day3"), { recursive: true });
  mkdirSync(join(root, "part10"), { recursive: true });
  writeFileSync(join(folder, "secret.md"), "secret");
  writeFileSync(join(root, "curriculum.yaml"), CURRICULUM);
  writeFileSync(join(root, "part2", "part.yaml"), PART);
  writeFileSync(join(root, "part10", "part.yaml"), PART);
  writeFileSync(join(root, "part2", "day3", "day.yaml"), DAY);
  writeFileSync(join(root, "part2", "day3", "real.md"), "x");
  writeFileSync(join(root, "part2", "day3", "real.ko.md"), "x");
  writeFileSync(join(root, "part2", "day3", "Notes.md"), "x");
  symlinkSync(join(folder, "secret.md"), join(root, "part2", "day3", "linked.md"));
  symlinkSync(join(root, "part2", "day3"), join(root, "part2", "day4"));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("a lesson path from outside", () => {
  test("leads to the file when it names one", () => {
    const file = insideCurriculum(root, "part2/day3/real.md");

    expect(file).toMatch(/curriculum\/part2\/day3\/real\.md$/);
  });

  test.each([
    "../../etc/passwd",
    "part2/day3/../../../secret.md",
    "part2/day3/../../curriculum.yaml",
    "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "part2%2fday3%2freal.md",
    "..%252f..%252fsecret.md",
    "/etc/passwd",
    "/part2/day3/real.md",
    "part2\\day3\\real.md",
    "part2/day3/real.md\0.png",
    "\0",
    "part2/day3/real.md/",
    "part2//day3/real.md",
    "./part2/day3/real.md",
    "part2/day3/real.md\n",
    "part2/day3/REAL.md",
    "part2/day3/cli_basics.lab/solution/main.tf",
    "part2/day3/day.yaml",
    "file:///etc/passwd",
    `part2/day3/${"a".repeat(300)}.md`,
    "",
  ])("is refused when it is %j", (path) => {
    const file = insideCurriculum(root, path);

    expect(file).toMatchObject({ refused: true, code: "lesson-path-refused" });
  });

  test("is refused when the file is a symbolic link", () => {
    const file = insideCurriculum(root, "part2/day3/linked.md");

    expect(file).toMatchObject({ code: "lesson-path-refused" });
  });

  test("is refused when a folder on its way is a symbolic link", () => {
    const file = insideCurriculum(root, "part2/day4/real.md");

    expect(file).toMatchObject({ code: "lesson-path-refused" });
  });

  test("made of any pieces of paths never leads outside", () => {
    const piece = fc.constantFrom(
      "..",
      ".",
      "part2",
      "day3",
      "real",
      ".md",
      "/",
      "\\",
      "%2e",
      "\0",
    );

    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const file = insideCurriculum(root, pieces.join(""));

        return isRefusal(file) || file.startsWith(`${realpathSync(root)}/part2/day3/`);
      }),
      { numRuns: 500 },
    );
  });

  test("of no file is not found", () => {
    const file = insideCurriculum(root, "part2/day3/gone.md");

    expect(isRefusal(file) && file.code).toBe("lesson-not-found");
  });
});

describe("the tree", () => {
  test("lists lesson files and their languages, without links and strays", () => {
    const day = readTree(root).parts[0]?.days[0];

    expect(day?.files).toEqual([
      { path: "part2/day3/real.ko.md", lang: "ko" },
      { path: "part2/day3/real.md", lang: null },
    ]);
  });

  test("orders parts by number, not by letter, and leaves linked folders out", () => {
    const { parts } = readTree(root);

    expect(parts.map((part) => part.id)).toEqual(["part2", "part10"]);
    expect(parts[0]?.days.map((day) => day.id)).toEqual(["day3"]);
  });

  test("without its head file says which file could not be read", () => {
    const read = () => readTree(folder);

    expect(read).toThrow(CurriculumUnreadable);
    expect(read).toThrow(/curriculum\.yaml/);
  });
});

const CURRICULUM = "format_version: 1\ntitle: {en: C, ko: C}\ndefault_lang: en\ntracks: []\n";
const PART = "title: {en: P, ko: P}\nsummary: {en: S, ko: S}\n";
const DAY = "title: {en: D, ko: D}\nminutes: 10\n";
