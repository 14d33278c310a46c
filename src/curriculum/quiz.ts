import { readPattern } from "./quiz-pattern.ts";

/** A question with its answers: it stays on the server. */
export type Question = {
  readonly id: string;
  readonly type: "single" | "multi" | "text";
  readonly prompt: string;
  readonly options: readonly Option[];
  /** Of a `text` question: what counts as right. */
  readonly accepts: readonly string[];
  /** Title of the step that answers it. */
  readonly see: string | null;
};

type Option = {
  /** `a`…`e` by position in the canonical file. */
  readonly id: string;
  readonly label: string;
  readonly right: boolean;
  readonly feedback: string | null;
};

/** What a learner may see of a question before answering. */
export type AskedQuestion = Pick<Question, "id" | "type" | "prompt"> & {
  readonly options: readonly { readonly id: string; readonly label: string }[];
};

export function asked({ id, type, prompt, options }: Question): AskedQuestion {
  return { id, type, prompt, options: options.map(({ id, label }) => ({ id, label })) };
}

/** The verdict on one answer; feedback is about what was chosen, never the right answer. */
export type Mark = {
  readonly correct: boolean;
  readonly feedback: string | null;
  readonly see: string | null;
};

const ANSWER_LENGTH = 100;

/** Marks `b`, `a, c` or a typed answer; null when it names no option of the question. */
export function mark(question: Question, answer: string): Mark | null {
  const text = answer.trim().slice(0, ANSWER_LENGTH);
  if (text === "") {
    return null;
  }
  if (question.type === "text") {
    const correct = question.accepts.some((accept) => matches(accept, text));
    return { correct, feedback: null, see: correct ? null : question.see };
  }
  const chosen = new Set(text.toLowerCase().split(/[\s,]+/));
  const known = [...chosen].every((id) => question.options.some((option) => option.id === id));
  if (!known || (question.type === "single" && chosen.size !== 1)) {
    return null;
  }
  const wrong = question.options.find((option) => chosen.has(option.id) && !option.right);
  const correct = question.options.every((option) => chosen.has(option.id) === option.right);
  return { correct, feedback: wrong?.feedback ?? null, see: correct ? null : question.see };
}

function matches(accept: string, text: string): boolean {
  const pattern = readPattern(accept);
  return pattern === null ? plain(accept) === plain(text) : pattern.test(text);
}

function plain(text: string): string {
  return text.trim().replace(/\s+/g, " ").toLowerCase();
}

/** The question as Markdown without marks, feedback and answers, for pages that show the source. */
export function askedMarkdown(question: Question): string {
  const options = question.options.map((option) => `- [ ] ${option.label}`);
  const head = `\`\`\`quiz id=${question.id} type=${question.type}`;
  return [head, question.prompt, ...options, "```"].join("\n");
}
