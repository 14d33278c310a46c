import type { LessonProgress } from "./ports.ts";

/** A record that keeps nothing: for reading lessons without a reader. */
export function forgetfulProgress(): LessonProgress {
  return {
    of: async () => null,
    all: async () => [],
    visited: async () => {},
    answered: async () => {},
    tried: async () => [],
    settle: async () => {},
  };
}
