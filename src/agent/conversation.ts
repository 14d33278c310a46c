import type { Message } from "./model.ts";
import type { Speaker } from "./ports.ts";

/**
 * What was said before, by one person in one thread. Each person has their own memory: what
 * another person writes in the thread is untrusted and must not steer this person's turn.
 */
export interface Conversations {
  recall(key: string): Promise<readonly Message[]>;
  /** Adds a finished turn; the oldest go when there are too many. */
  remember(key: string, turn: readonly Message[]): Promise<void>;
}

export function conversationKey({ place, viewer }: Speaker): string {
  return JSON.stringify([place.platform, place.conversation, place.thread, viewer.person]);
}

/** Messages kept of one conversation: ten turns. */
const MESSAGES = 20;

/**
 * Keeps the conversations that were used last in memory. A restart forgets them: the facts are
 * in the database, and what is lost is at most a question that has to be asked again.
 */
export function rememberInMemory(conversations = 1000): Conversations {
  const kept = new Map<string, readonly Message[]>();
  return {
    async recall(key) {
      return kept.get(key) ?? [];
    },
    async remember(key, turn) {
      const messages = [...(kept.get(key) ?? []), ...turn].slice(-MESSAGES);
      kept.delete(key);
      kept.set(key, messages);
      const oldest = kept.keys().next();
      if (kept.size > conversations && oldest.done !== true) {
        kept.delete(oldest.value);
      }
    },
  };
}
