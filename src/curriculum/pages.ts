import type { Content } from "./content.ts";
import type { LessonStep } from "./steps.ts";

/**
 * Characters of JSON that the blocks of one message may have. Slack refuses about 12,000 over all
 * blocks; 9,000 is our budget, and what the card adds around the blocks comes out of it.
 */
const PAGE_CHARACTERS = 7_000;

/** Splits a step between blocks so that each page fits a message. The questions come last. */
export function paged(step: LessonStep): LessonStep[] {
  const pages: Content[][] = [[]];
  for (const block of step.blocks) {
    const page = pages.at(-1) ?? [];
    const full = JSON.stringify([...page, block]).length > PAGE_CHARACTERS;
    if (full && page.length > 0) {
      pages.push([block]);
    } else {
      page.push(block);
    }
  }
  return pages.map((blocks, at) => ({
    ...step,
    page: at + 1,
    pages: pages.length,
    minutes: at === 0 ? step.minutes : null,
    blocks,
    questions: at === pages.length - 1 ? step.questions : [],
  }));
}
