import type { ProblemCode } from "#text/curriculum-check.ts";
import type { Params } from "#text/wording.ts";
import { readPattern } from "./quiz-pattern.ts";
import type { Question } from "./quiz.ts";

const ANSWER = "= ";
const SEE = "> See: ";

export type QuizProblem = { readonly code: ProblemCode; readonly params: Params };

/** Reads the fenced block; `meta` is what stands behind the word `quiz`. */
export function parseQuestion(meta: string, body: string): Question | QuizProblem {
  let question = headOf(meta);
  if (question === null) {
    return { code: "quiz-head", params: { head: meta } };
  }
  for (const line of body.split("\n").filter((text) => text.trim() !== "")) {
    question = withLine(question, line);
    if (question === null) {
      return { code: "quiz-line", params: { line } };
    }
  }
  return faultOf(question) ?? question;
}

function headOf(meta: string): Question | null {
  const [, id = "", type = ""] = /^id=([a-z0-9-]{1,16}) type=([a-z]+)$/.exec(meta.trim()) ?? [];
  return type === "single" || type === "multi" || type === "text"
    ? { id, type, prompt: "", options: [], accepts: [], see: null }
    : null;
}

function withLine(question: Question, line: string): Question | null {
  return withOption(question, line) ?? withAnswer(question, line) ?? withPrompt(question, line);
}

function withOption(question: Question, line: string): Question | null {
  const option = /^- \[([ x])\] (.+?)(?: :: (.+))?$/.exec(line);
  if (option === null) {
    return null;
  }
  const [, mark, label = "", feedback = null] = option;
  const id = String.fromCharCode("a".charCodeAt(0) + question.options.length);
  return {
    ...question,
    options: [...question.options, { id, label, right: mark === "x", feedback }],
  };
}

function withAnswer(question: Question, line: string): Question | null {
  if (line.startsWith(ANSWER)) {
    return { ...question, accepts: [...question.accepts, line.slice(ANSWER.length).trim()] };
  }
  return line.startsWith(SEE) ? { ...question, see: line.slice(SEE.length).trim() } : null;
}

// The question's own lines come first; a sign at the start is a misspelt option or answer.
function withPrompt(question: Question, line: string): Question | null {
  const { options, accepts, see } = question;
  const late = options.length > 0 || accepts.length > 0 || see !== null;
  return late || /^[-=>]/.test(line)
    ? null
    : { ...question, prompt: `${question.prompt} ${line.trim()}`.trim() };
}

function faultOf(question: Question): QuizProblem | null {
  const fault = question.type === "text" ? textFault(question) : choiceFault(question);
  const code = question.prompt === "" ? "quiz-prompt" : fault;
  return code === null ? null : { code, params: { quiz: question.id } };
}

function textFault({ accepts, options }: Question): ProblemCode | null {
  if (accepts.length === 0 || options.length > 0) {
    return "quiz-answer-missing";
  }
  const bad = accepts.some((accept) => accept.startsWith("/") && readPattern(accept) === null);
  return bad ? "quiz-pattern" : null;
}

function choiceFault({ type, options }: Question): ProblemCode | null {
  const right = options.filter((option) => option.right).length;
  if (options.length < 2 || options.length > 5) {
    return "quiz-options";
  }
  if (right === 0 || (type === "single" && right > 1)) {
    return "quiz-answer-missing";
  }
  return options.some((option) => !option.right && option.feedback === null)
    ? "quiz-feedback"
    : null;
}
