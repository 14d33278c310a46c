import type { Lang } from "#text/wording.ts";

/** Where a link leads: the shell of a lesson, or a page of ours by its path. */
export type Goal =
  | { readonly is: "shell"; readonly lesson: string }
  | { readonly is: "page"; readonly path: string };

/** A personal way in: it opens once, for one person, to one place. */
export type Link = {
  /** sha256 of the secret, hex; the secret itself is stored nowhere. */
  readonly secretHash: string;
  readonly person: string;
  readonly goal: Goal;
  readonly lang: Lang;
  readonly expiresAt: Date;
  readonly usedAt: Date | null;
};

/** A person's time in one lesson's shell; it is over at `endsAt`. */
export type Session = {
  readonly id: string;
  readonly person: string;
  readonly lesson: string;
  readonly lang: Lang;
  readonly endsAt: Date;
};

/** A browser that is one person's, until `expiresAt`. */
export type Cookie = {
  readonly cookieHash: string;
  readonly person: string;
  readonly expiresAt: Date;
};

/** The record of links, of browsers that spent one, and of the sessions they lead to. */
export interface SandboxLinks {
  add(link: Link): Promise<void>;
  find(secretHash: string): Promise<Link | null>;
  /**
   * Uses the link up and writes the session (null: it leads to a page) and the cookie, all or
   * nothing. False when the link was used or had expired at `at`: of two at once, one wins.
   */
  spend(
    secretHash: string,
    at: Date,
    entry: { session: Session | null; cookie: Cookie },
  ): Promise<boolean>;
  /** Whose browser this is at `at`; null when nobody's. */
  personOf(cookieHash: string, at: Date): Promise<string | null>;
  /** The session, also when it is over. */
  session(id: string): Promise<Session | null>;
  endSession(id: string, at: Date): Promise<void>;
  /** Deletes what was over before that moment. */
  forget(before: Date): Promise<void>;
}
