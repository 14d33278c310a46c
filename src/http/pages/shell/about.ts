import * as z from "zod/mini";
import type { ShellAbout } from "#http/sandbox.ts";

const Problem = z.object({ detail: z.string(), next: z.string() });

/** What this shell is, or in words why it may not be entered. */
export async function fetchAbout(page: string): Promise<ShellAbout | { problem: string }> {
  const answer = await fetch(`${page}/about`, { headers: { accept: "application/json" } });
  if (answer.ok) {
    const about: ShellAbout = await answer.json();
    return about;
  }
  const { detail, next } = Problem.parse(await answer.json());
  return { problem: `${detail} ${next}` };
}
