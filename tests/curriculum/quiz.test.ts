import { describe, expect, test } from "vitest";
import { parseQuestion } from "#curriculum/quiz-block.ts";
import { asked, askedMarkdown, mark, type Question } from "#curriculum/quiz.ts";

const SINGLE = [
  "Which command shows what would change,",
  "without changing it?",
  "- [ ] terraform apply :: Apply makes the change.",
  "- [x] terraform plan",
  "> See: Reading a plan",
].join("\n");
const MULTI = "Which?\n- [x] one\n- [ ] two :: No.\n- [x] three";

describe("a quiz block", () => {
  test("becomes a question with options by position", () => {
    const question = read("id=q1 type=single", SINGLE);

    expect(question).toEqual({
      id: "q1",
      type: "single",
      prompt: "Which command shows what would change, without changing it?",
      options: [
        { id: "a", label: "terraform apply", right: false, feedback: "Apply makes the change." },
        { id: "b", label: "terraform plan", right: true, feedback: null },
      ],
      accepts: [],
      see: "Reading a plan",
    });
  });

  test.each([
    ["quiz-head", "id=q1", SINGLE],
    ["quiz-head", "id=q1 type=radio", SINGLE],
    ["quiz-head", "id=../x type=single", SINGLE],
    ["quiz-prompt", "id=q1 type=single", "- [x] a\n- [ ] b :: No."],
    ["quiz-options", "id=q1 type=single", "Which?\n- [x] a"],
    ["quiz-answer-missing", "id=q1 type=single", "Which?\n- [ ] a :: No.\n- [ ] b :: No."],
    ["quiz-answer-missing", "id=q1 type=single", "Which?\n- [x] a\n- [x] b"],
    ["quiz-feedback", "id=q1 type=single", "Which?\n- [x] a\n- [ ] b"],
    ["quiz-line", "id=q1 type=single", "Which?\n- [y] a\n- [x] b"],
    ["quiz-line", "id=q1 type=single", `${SINGLE}\nand another line`],
    ["quiz-answer-missing", "id=q1 type=text", "Which?"],
    ["quiz-pattern", "id=q1 type=text", "Which?\n= /^(a+)+$/"],
    ["quiz-pattern", "id=q1 type=text", "Which?\n= /[/"],
  ])("with a mistake is reported as %s", (code, meta, body) => {
    expect(parseQuestion(meta, body)).toMatchObject({ code });
  });

  test("shown before the answer holds no mark, feedback or answer", () => {
    const single = read("id=q1 type=single", SINGLE);
    const typed = read("id=q2 type=text", "Which?\n= state list");

    const seen = JSON.stringify([single, typed].map(asked));
    const source = askedMarkdown(single) + askedMarkdown(typed);

    expect(seen + source).not.toMatch(/right|\[x\]|Apply makes|state list/);
    expect(source).toContain("- [ ] terraform plan");
  });
});

describe("an answer", () => {
  test("that is right is right, in upper case and with spaces too", () => {
    const verdict = mark(read("id=q1 type=single", SINGLE), " B ");

    expect(verdict).toEqual({ correct: true, feedback: null, see: null });
  });

  test("that is wrong gets its own feedback and the step to read again", () => {
    const verdict = mark(read("id=q1 type=single", SINGLE), "a");

    expect(verdict).toEqual({
      correct: false,
      feedback: "Apply makes the change.",
      see: "Reading a plan",
    });
  });

  test.each([
    ["a, c", true],
    ["c a", true],
    ["a", false],
    ["a, b, c", false],
  ])("to a question with several right options is judged as a set: %s", (answer, correct) => {
    const verdict = mark(read("id=q1 type=multi", MULTI), answer);

    expect(verdict?.correct).toBe(correct);
  });

  test.each(["", "   ", "z", "a, b", "terraform plan"])("%j names no one option", (answer) => {
    expect(mark(read("id=q1 type=single", SINGLE), answer)).toBeNull();
  });

  test.each([
    ["state list", true],
    ["terraform  state list", false],
    ["TERRAFORM STATE LIST", true],
    ["state show", false],
  ])("that is typed is compared with a pattern: %s", (answer, correct) => {
    const question = read("id=q1 type=text", "Which?\n= /^(terraform )?state list$/i");

    expect(mark(question, answer)?.correct).toBe(correct);
  });

  test("that is typed is compared without case and runs of spaces", () => {
    const question = read("id=q1 type=text", "Which?\n= terraform plan");

    expect(mark(question, "  Terraform   PLAN ")?.correct).toBe(true);
  });
});

function read(meta: string, body: string): Question {
  const question = parseQuestion(meta, body);
  if ("code" in question) {
    throw new Error(`no question: ${question.code}`);
  }
  return question;
}
