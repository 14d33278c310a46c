import * as z from "zod/mini";
import type { PageAbout, PagePlan } from "#http/deployment-page.ts";
import type { Lang } from "#text/wording.ts";

const Problem = z.object({ detail: z.string(), next: z.string() });

/** JSON turns dates into text on their way here. */
export type OnTheWire<T> = T extends Date
  ? string
  : T extends string | number | boolean | null
    ? T
    : T extends readonly (infer Item)[]
      ? readonly OnTheWire<Item>[]
      : T extends object
        ? { readonly [Key in keyof T]: OnTheWire<T[Key]> }
        : T;

/** What the server tells, and the language to show it in. */
export type About = OnTheWire<PageAbout> & { readonly lang: Lang };
export type Run = About["deployment"]["runs"][number];

/** What this person may see of the deployment, or in words why they may not. */
export async function fetchAbout(page: string, lang: Lang): Promise<About | { problem: string }> {
  const told = await fetchJson<OnTheWire<PageAbout>>(`${page}/about`, lang);
  return "problem" in told ? told : { ...told, lang };
}

export function fetchPlan(
  page: string,
  change: string,
  lang: Lang,
): Promise<PagePlan | { problem: string }> {
  return fetchJson(`${page}/plans/${encodeURIComponent(change)}`, lang);
}

async function fetchJson<T>(url: string, lang: Lang): Promise<T | { problem: string }> {
  const headers = { accept: "application/json", "accept-language": lang };
  const answer = await fetch(url, { headers });
  if (answer.ok) {
    const body: T = await answer.json();
    return body;
  }
  const { detail, next } = Problem.parse(await answer.json());
  return { problem: `${detail} ${next}` };
}
