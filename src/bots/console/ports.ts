import type { Card } from "#bots/card.ts";
import type { Incoming, OutgoingMessage } from "#bots/ports.ts";
import type { Viewer } from "#deployments/viewer.ts";

/** The name under which the product itself speaks in the console. */
export const CLOUD = "cloud";

/** A message of a console thread as it is stored. */
export type ConsoleMessage = {
  /** Rises with every new message and every edit, over all threads. */
  readonly change: number;
  readonly id: string;
  readonly thread: string;
  /** The console id of a person, or `cloud`. */
  readonly from: string;
  /** The one person who may see it; null: everybody. */
  readonly onlyFor: string | null;
  readonly text: string;
  readonly card: Card | null;
  readonly revision: number;
  readonly at: Date;
};

export type ConsoleThread = {
  readonly thread: string;
  /** The first words that were said in it. */
  readonly title: string;
  readonly startedBy: string;
  readonly at: Date;
  readonly messages: number;
};

/** A person of the console at this moment. */
export type ConsoleReader = {
  readonly viewer: Viewer;
  /** Console ids of those whose words this person may read: whose teams are all this person's too. */
  readonly hears: readonly string[];
};

/**
 * The console's own messages. A card is read by who may see every deployment on it; other words by
 * who shares the teams of their speaker, or of who began the thread. `user` null, for the local
 * machine alone, reads all but what is for one person.
 */
export interface ConsoleMessages {
  /**
   * Stores what a person said, and its inbox row, in one transaction. False: this id was stored
   * before, nothing to do.
   */
  said(
    message: { id: string; thread: string; from: string; text: string },
    incoming: Incoming,
  ): Promise<boolean>;
  /** Writes our message under its id; an older revision never replaces a newer one. */
  shown(id: string, message: OutgoingMessage): Promise<void>;
  hasThread(thread: string, user: string | null): Promise<boolean>;
  /** Newest first, at most 200. */
  threads(user: string | null): Promise<ConsoleThread[]>;
  /** In the order in which they were first written. */
  messages(thread: string, user: string | null): Promise<ConsoleMessage[]>;
  /** New and edited messages after a change number, oldest first, at most 100. */
  changes(after: number, user: string | null): Promise<ConsoleMessage[]>;
  lastChange(): Promise<number>;
}
