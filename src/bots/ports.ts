import { z } from "zod";
import { Place } from "#deployments/deployment.ts";
import type { DeploymentId } from "#deployments/ids.ts";
import type { Announcement } from "#deployments/announcement.ts";
import type { Viewer } from "#deployments/viewer.ts";
import type { Refusal } from "#text/refusal.ts";
import type { Lang } from "#text/wording.ts";
import { ButtonValue, type Card } from "./card.ts";

const incoming = {
  /** Unique per platform: a redelivery has the same key. */
  key: z.string(),
  place: Place,
  /** The platform's id of the person; the policy says who that is, at the moment of handling. */
  user: z.string(),
};

/** What a person did on a platform, verified by its door, before anybody thought about it. */
export const Incoming = z.discriminatedUnion("kind", [
  z.object({
    ...incoming,
    kind: z.literal("message"),
    text: z.string(),
    /** What the platform shows this person its own words in; left out where it does not say. */
    lang: z.enum(["en", "ko"]).optional(),
  }),
  z.object({
    ...incoming,
    kind: z.literal("press"),
    value: ButtonValue,
    inputs: z.record(z.string(), z.string()),
    /** The platform's id of the message that carries the pressed card. */
    message: z.string(),
  }),
]);
export type Incoming = z.infer<typeof Incoming>;
export type Press = Extract<Incoming, { kind: "press" }>;

/** What a message says: `text` alone, or a card with `text` as its plain form. */
export type Content = {
  readonly text: string;
  readonly card: Card | null;
  /** The deployments it tells of: who may not see all of them does not read it. */
  readonly about: readonly DeploymentId[];
};

/** A rendered message of ours: unique by (card, revision, place, onlyFor), posted or edited once. */
export type OutgoingMessage = {
  /** `approval:<change>`, `progress:<run>`, `report:<change>`, `reply:<inbox key>:<n>`. */
  readonly card: string;
  readonly revision: number;
  readonly place: Place;
  /** Only this platform user may see it; null: everybody in the thread. */
  readonly onlyFor: string | null;
  readonly content: Content;
};

/** The record of what came in. */
export interface Inbox {
  /** False: known already, nothing to do. */
  receive(incoming: Incoming): Promise<boolean>;
  /**
   * The oldest unhandled one, leased for 60 s, with how often it was taken (this time included).
   * One person's acts in one thread come in order: a later one waits for the earlier.
   */
  next(): Promise<{ incoming: Incoming; attempts: number } | null>;
  /** Lengthens the lease of one that is still being handled. */
  renew(key: string): Promise<void>;
  done(key: string): Promise<void>;
  /** Gives it back; it comes again after this time. */
  later(key: string, retryInMs: number): Promise<void>;
}

/** What a posted message showed, over all its revisions. */
export type PostedCard = {
  readonly card: string;
  readonly onlyFor: string | null;
  /** Every button that this message ever offered. */
  readonly offered: readonly ButtonValue[];
  readonly newest: { readonly revision: number; readonly content: Content };
};

/** The newest revision of a card over all places. */
export type NewestCard = {
  readonly revision: number;
  readonly content: Content;
  /** Where that revision stands or will stand. */
  readonly places: readonly Place[];
};

/** The record of what goes out. */
export interface Outbox {
  /** Undone announcements, oldest first. */
  announcements(limit: number): Promise<{ id: string; announcement: Announcement }[]>;
  /**
   * Writes new revisions of cards and marks announcements done, in one transaction. False: one of
   * these revisions exists already, nothing was written; read the state again and revise that.
   */
  revise(messages: readonly OutgoingMessage[], announcements: readonly string[]): Promise<boolean>;
  /** Writes messages that answer a person; a known (card, revision, place, onlyFor) stays as it is. */
  write(messages: readonly OutgoingMessage[]): Promise<void>;
  /**
   * The oldest message that is due on a platform, leased for 60 s, with the platform's id of the
   * same card's message in that place, if one was posted. Of several waiting revisions only the
   * newest goes out, and never two of one card and place at a time.
   */
  due(platform: Place["platform"]): Promise<DueMessage | null>;
  sent(id: string, postedAs: string): Promise<void>;
  failed(id: string, retryInMs: number): Promise<void>;
  /** Ends a message that cannot be sent. */
  giveUp(id: string): Promise<void>;
  /** By card; one that was never written is not there. */
  newest(cards: readonly string[]): Promise<ReadonlyMap<string, NewestCard>>;
  /** What a posted message shows; null when it is not ours. */
  posted(place: Place, message: string): Promise<PostedCard | null>;
}

export type DueMessage = {
  readonly id: string;
  readonly message: OutgoingMessage;
  readonly postedAs: string | null;
  /** How often it was tried, this time included. */
  readonly attempts: number;
};

/** A platform as the sender sees it. */
export interface Platform {
  readonly name: Place["platform"];
  /**
   * Answers the platform's id of the new message. Called again only when the first call's end is
   * not known; then it must find what it posted before, by card, place and `onlyFor`.
   */
  post(message: OutgoingMessage): Promise<string>;
  edit(postedAs: string, message: OutgoingMessage): Promise<void>;
}

/** Lessons as cards, for one person; wired to the curriculum. */
export interface LearningCards {
  lesson(viewer: Viewer, lang: Lang, at: { lesson: string; step: number }): Promise<Card | Refusal>;
  /** Lessons that fit a search; all parts for an empty one. */
  lessons(viewer: Viewer, lang: Lang, query: string): Promise<Card | Refusal>;
  progress(viewer: Viewer, lang: Lang): Promise<Card | Refusal>;
  /** Marks answers by question; the card is for the person alone. */
  answer(
    person: string,
    lang: Lang,
    given: { lesson: string; step: number; answers: Readonly<Record<string, string>> },
  ): Promise<Card | Refusal>;
}

/** A personal, one-time link to the page of a deployment that this person may see. */
export type OpenPage = (
  viewer: Viewer,
  lang: Lang,
  deployment: DeploymentId,
) => Promise<{ readonly url: string; readonly name: string } | Refusal>;

/** Opens a sandbox shell for one person and answers their personal, one-time link. */
export type OpenShell = (
  viewer: Viewer,
  lang: Lang,
  lesson: string,
) => Promise<{ readonly url: string } | Refusal>;
