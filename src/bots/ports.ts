import type { Announcement } from "#deployments/ports.ts";
import type { Place } from "#deployments/deployment.ts";
import type { Lang } from "#text/wording.ts";
import type { ButtonValue, Card } from "./card.ts";

/** What a person did on a platform, verified by its door, before anybody thought about it. */
export type Incoming = {
  /** Unique per platform: a redelivery has the same key. */
  readonly key: string;
  readonly place: Place;
  /** The platform's id of the person; the policy says who that is, at the moment of handling. */
  readonly user: string;
} & (
  | { readonly kind: "message"; readonly text: string }
  | {
      readonly kind: "press";
      readonly value: ButtonValue;
      readonly inputs: Readonly<Record<string, string>>;
      /** The message that carries the pressed card. */
      readonly message: string;
      readonly lang: Lang;
    }
);

/** A rendered message of ours: unique by (card, revision, place), posted or edited once. */
export type OutgoingMessage = {
  /** `approval:<change>`, `progress:<run>`, `report:<change>`, `reply:<inbox key>:<n>`. */
  readonly card: string;
  readonly revision: number;
  readonly place: Place;
  /** Only this platform user may see it; null: everybody in the thread. */
  readonly onlyFor: string | null;
  readonly content: { readonly text: string; readonly card: Card | null };
};

/** The record of what came in. */
export interface Inbox {
  /** False: known already, nothing to do. */
  receive(incoming: Incoming): Promise<boolean>;
  /** The oldest unhandled one with how often it was tried, leased for 60 s. */
  next(): Promise<{ incoming: Incoming; attempts: number } | null>;
  done(key: string): Promise<void>;
}

/** The record of what goes out. */
export interface Outbox {
  /** Undone announcements, oldest first. */
  announcements(limit: number): Promise<{ id: string; announcement: Announcement }[]>;
  /** Writes the rendered messages and marks the announcement done, in one transaction. */
  rendered(id: string, messages: readonly OutgoingMessage[]): Promise<void>;
  /** Writes messages that answer a person; a known (card, revision, place) is left as it is. */
  write(messages: readonly OutgoingMessage[]): Promise<void>;
  /** Oldest message that is due, with the platform's id of the same card's message in that place, if posted. */
  due(): Promise<{ id: string; message: OutgoingMessage; postedAs: string | null } | null>;
  sent(id: string, postedAs: string): Promise<void>;
  failed(id: string, retryInMs: number): Promise<void>;
  /** Newest revision of a card that is stored, over all places; 0 when there is none. */
  revision(card: string): Promise<number>;
  /** Which card a posted message shows; null when it is not ours. */
  cardOf(place: Place, message: string): Promise<string | null>;
}

/** A platform as the sender sees it. */
export interface Platform {
  readonly name: Place["platform"];
  /** Answers the platform's id of the new message. */
  post(message: OutgoingMessage): Promise<string>;
  edit(postedAs: string, message: OutgoingMessage): Promise<void>;
}
