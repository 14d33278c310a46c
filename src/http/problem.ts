import type { ServerResponse } from "node:http";
import { REFUSALS, type RefusalCode } from "#text/refusals.ts";
import type { Refusal, VariableProblem } from "#text/refusal.ts";
import { say, type Lang } from "#text/wording.ts";
import { STATUS_OF, TITLES, type ProblemStatus } from "./statuses.ts";

/** RFC 9457 problem details; `next` says what to do now, `errors` has one entry per wrong variable. */
export type Problem = {
  readonly type: string;
  readonly title: string;
  readonly status: ProblemStatus;
  readonly code: RefusalCode;
  readonly detail: string;
  readonly next: string;
  readonly errors?: readonly { variable: string; code: string; detail: string }[];
};

/** Words one wrong variable of a request. */
export type WordProblem = (problem: VariableProblem, lang: Lang) => string;

export function problemOf(refusal: Refusal, lang: Lang, wordProblem: WordProblem): Problem {
  const { code, params, problems } = refusal;
  const { detail, next } = REFUSALS[code];
  const errors = problems.map((problem) => ({
    variable: problem.variable,
    code: problem.code,
    detail: wordProblem(problem, lang),
  }));
  return {
    // Without a page of its own a problem's type is about:blank, says RFC 9457 section 4.2.1.
    type: "about:blank",
    title: TITLES[STATUS_OF[code]],
    status: STATUS_OF[code],
    code,
    detail: say(detail, lang, params),
    next: say(next, lang, params),
    ...(errors.length === 0 ? {} : { errors }),
  };
}

export function sendProblem(response: ServerResponse, problem: Problem, lang: Lang): void {
  const body = Buffer.from(JSON.stringify(problem));
  response.writeHead(problem.status, {
    "content-type": "application/problem+json; charset=utf-8",
    "content-language": lang,
    "content-length": body.length,
    "cache-control": "no-store",
    ...(problem.status === 401 ? { "www-authenticate": "Bearer" } : {}),
    // The rest of a body that is too big must not be taken for the next request.
    ...(problem.status === 413 ? { connection: "close" } : {}),
  });
  response.end(body);
}

/** The best of our languages by an Accept-Language header; the usual one when it names none. */
export function languageAccepted(header: string | undefined, usual: Lang = "en"): Lang {
  const wanted = (header ?? "").split(",").map(readLanguage);
  wanted.sort((one, other) => other.quality - one.quality);
  const found = wanted.find(({ tag, quality }) => quality > 0 && /^(en|ko)\b/.test(tag));
  if (found === undefined) {
    return usual;
  }
  return found.tag.startsWith("ko") ? "ko" : "en";
}

function readLanguage(part: string): { tag: string; quality: number } {
  const [tag = "", ...params] = part.trim().toLowerCase().split(";");
  const quality = params.map((param) => /^\s*q=([\d.]+)$/.exec(param)?.[1]).find(Boolean);
  return { tag, quality: quality === undefined ? 1 : Number(quality) };
}
