import { z } from "zod";
import type { Risk } from "./risk.ts";
import type { ModulePin } from "./module-pin.ts";
import type { PlanSummary } from "./plan-summary.ts";
import type { Asking } from "./asking.ts";
import type { ChangeId, Digest, PersonId, RunId } from "./ids.ts";
import type { Lang, Params } from "#text/wording.ts";

/** Variable values as people give them: JSON. */
export const Json: z.ZodType<Json> = z.json();
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export const Vars = z.record(z.string(), Json);
export type Vars = z.infer<typeof Vars>;

export const ChangeKind = z.enum(["create", "update", "destroy", "recover"]);
export type ChangeKind = z.infer<typeof ChangeKind>;

export const Outcome = z.enum([
  "applied",
  "unchanged",
  "rejected",
  "expired",
  "cancelled",
  "failed",
  "interrupted",
  "superseded",
]);
export type Outcome = z.infer<typeof Outcome>;

/** What people vote on: a plan without its file. Its digest covers file, inputs and module commit. */
export type Plan = {
  readonly digest: Digest;
  readonly summary: PlanSummary;
  readonly risk: Risk;
  /** Null: it was made before this was kept. */
  readonly module: ModulePin | null;
  /** Serial of the state it was made from; null while there was no state. */
  readonly stateSerial: number | null;
  readonly madeAt: Date;
};

/** The card that was pressed: the platform's id of its message, its revision, a hash of its text. */
export type Shown = {
  readonly message: string;
  readonly revision: number;
  readonly hash: Digest;
};

/** A person's vote with everything it was cast on; it counts for exactly that. */
export type Vote = {
  readonly voter: PersonId;
  readonly decision: "approve" | "reject";
  readonly digest: Digest;
  readonly varsHash: Digest;
  readonly moduleCommit: string;
  readonly policyVersion: Digest;
  /** Of the rule that was in force. */
  readonly ruleHash: Digest;
  readonly reason: string | null;
  readonly platform: string;
  /** Null: no card was pressed (the API). */
  readonly shown: Shown | null;
  readonly at: Date;
  readonly expiresAt: Date;
};

/** What a change is from its first moment to its last. */
export type ChangeFacts = {
  readonly id: ChangeId;
  readonly kind: ChangeKind;
  readonly vars: Vars;
  readonly requester: PersonId;
  /** Whose token asked for it; null: a person asked, or the token has no owner on record. */
  readonly tokenOwner: PersonId | null;
  /** Chat goes on to the approval by itself, the API waits for `/approve`. */
  readonly askedIn: "chat" | "api";
  readonly lang: Lang;
  /** Of the request that opened it: the same request again opens nothing. */
  readonly requestKey: string | null;
  readonly openedAt: Date;
};

type Planning = { readonly state: "planning"; readonly run: RunId };
type Planned = { readonly state: "planned"; readonly plan: Plan };
type AwaitingApproval = {
  readonly state: "awaiting_approval";
  readonly plan: Plan;
  readonly votes: readonly Vote[];
  readonly asking: Asking;
};
type Approved = {
  readonly state: "approved";
  readonly plan: Plan;
  readonly votes: readonly Vote[];
  readonly asking: Asking;
  readonly run: RunId;
};
type Applying = {
  readonly state: "applying";
  readonly plan: Plan;
  readonly votes: readonly Vote[];
  readonly asking: Asking;
  readonly run: RunId;
  readonly startedAt: Date;
  /** It was asked to stop, and from this moment on a person may have it killed. */
  readonly forceFrom: Date | null;
  /** Since when its worker, on another machine, has not been heard from; it may still be at work. */
  readonly lostAt: Date | null;
};

/** The one cycle of plan, votes and apply that a deployment may have under way. */
export type OpenChange = ChangeFacts &
  (Planning | Planned | AwaitingApproval | Approved | Applying);

export type ChangeState = OpenChange["state"];

/** Why a change ended: a code of `text/reasons.ts` and its parameters. */
export type Reason = { readonly code: string; readonly params: Params };

export type EndedChange = ChangeFacts & {
  readonly state: "ended";
  readonly outcome: Outcome;
  readonly reason: Reason;
  readonly plan: Plan | null;
  readonly votes: readonly Vote[];
  /** What was asked of people; null: nobody was asked. */
  readonly asking: Asking | null;
  /** The run that applied it, where one was queued. */
  readonly run: RunId | null;
  readonly endedAt: Date;
};

/** What a change keeps when it moves from one state to another. */
export function factsOf(change: OpenChange): ChangeFacts {
  const { id, kind, vars, requester, tokenOwner, askedIn, lang, requestKey, openedAt } = change;
  return { id, kind, vars, requester, tokenOwner, askedIn, lang, requestKey, openedAt };
}
