import * as z from "zod/mini";
import type { PageAbout, PagePlan } from "#http/deployment-page.ts";

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

export type About = OnTheWire<PageAbout>;
export type Run = About["deployment"]["runs"][number];

/** What this person may see of the deployment, or in words why they may not. */
export function fetchAbout(page: string): Promise<About | { problem: string }> {
  return fetchJson(`${page}/about`);
}

export function fetchPlan(page: string, change: string): Promise<PagePlan | { problem: string }> {
  return fetchJson(`${page}/plans/${encodeURIComponent(change)}`);
}

async function fetchJson<T>(url: string): Promise<T | { problem: string }> {
  const answer = await fetch(url, { headers: { accept: "application/json" } });
  if (answer.ok) {
    const body: T = await answer.json();
    return body;
  }
  const { detail, next } = Problem.parse(await answer.json());
  return { problem: `${detail} ${next}` };
}
