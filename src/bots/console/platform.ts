import { createHash } from "node:crypto";
import type { OutgoingMessage, Platform } from "#bots/ports.ts";
import type { Bell } from "./bell.ts";
import type { ConsoleMessages } from "./ports.ts";

/** The console as the sender sees it. A repeated post finds the first one by its id. */
export function consolePlatform(messages: ConsoleMessages, bell: Bell): Platform {
  async function show(id: string, message: OutgoingMessage): Promise<void> {
    await messages.shown(id, message);
    bell.ring();
  }

  return {
    name: "console",
    async post(message) {
      const id = idOf(message);
      await show(id, message);
      return id;
    },
    edit: show,
  };
}

/** One card in one thread, for everybody or for one person, is one message. */
function idOf({ card, place, onlyFor }: OutgoingMessage): string {
  const slot = JSON.stringify([card, place.thread, onlyFor]);
  return `c-${createHash("sha256").update(slot).digest("hex").slice(0, 24)}`;
}
