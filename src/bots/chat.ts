import { startAnnouncer, type AnnouncerParts } from "./announcer.ts";
import { startIncoming, type IncomingParts } from "./incoming.ts";
import { startSender } from "./outbox.ts";
import type { Outbox, Platform } from "./ports.ts";

export type ChatParts = Omit<IncomingParts, "onHandled" | "outbox"> &
  Omit<AnnouncerParts, "onAnnounced" | "outbox"> & {
    readonly outbox: Outbox;
    /** The platforms that this process serves. */
    readonly platforms: readonly Platform[];
  };

/** The loops behind all chat doors. */
export type Chat = AsyncDisposable & {
  /** An inbox row was written. */
  received(): void;
  /** The heart has announced something; a lost call costs one poll. */
  announced(): void;
};

/** Starts what answers people, announces changes and sends; disposing it ends what is under way. */
export function startChat(parts: ChatParts): Chat {
  const { outbox, platforms, log } = parts;
  const senders = platforms.map((platform) => startSender({ outbox, platform, log }));
  const send = () => senders.forEach((sender) => sender.ring());
  const announcer = startAnnouncer({ ...parts, onAnnounced: send });
  const incoming = startIncoming({
    ...parts,
    onHandled() {
      send();
      announcer.ring();
    },
  });
  return {
    received: () => incoming.ring(),
    announced: () => announcer.ring(),
    async [Symbol.asyncDispose]() {
      for (const loop of [incoming, announcer, ...senders]) {
        await loop[Symbol.asyncDispose]();
      }
    },
  };
}
