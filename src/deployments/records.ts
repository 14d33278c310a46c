import { z } from "zod";
import { Asking, NOT_RECORDED } from "./asking.ts";
import { ChangeKind, Outcome, Vars } from "./change.ts";
import type { EndedChange, OpenChange, Plan, Vote } from "./change.ts";
import { ChangeId, Digest, PersonId, RunId } from "./ids.ts";
import { ModulePin } from "./module-pin.ts";
import { PlanSummary } from "./plan-summary.ts";
import { Risk } from "./risk.ts";

/** A change as it is stored: read back through this schema, so that a bad row stops at the door. */
const Lang = z.enum(["en", "ko"]);
const Instant = z.coerce.date();

export const StoredPlan: z.ZodType<Plan> = z.object({
  digest: Digest,
  summary: PlanSummary,
  risk: Risk,
  module: ModulePin.nullable().default(null),
  stateSerial: z.number().int().nullable(),
  madeAt: Instant,
});

export const StoredVote: z.ZodType<Vote> = z.object({
  voter: PersonId,
  decision: z.enum(["approve", "reject"]),
  digest: Digest,
  varsHash: Digest,
  moduleCommit: z.string(),
  policyVersion: Digest,
  ruleHash: Digest,
  reason: z.string().nullable(),
  platform: z.string(),
  shown: z.object({ message: z.string(), revision: z.number(), hash: Digest }).nullable(),
  at: Instant,
  expiresAt: Instant,
});

const facts = {
  id: ChangeId,
  kind: ChangeKind,
  vars: Vars,
  requester: PersonId,
  tokenOwner: PersonId.nullable().default(null),
  askedIn: z.enum(["chat", "api"]),
  lang: Lang,
  requestKey: z.string().nullable(),
  openedAt: Instant,
};

const votes = z.array(StoredVote);
const asking = Asking.default(NOT_RECORDED);

export const StoredOpenChange: z.ZodType<OpenChange> = z.discriminatedUnion("state", [
  z.object({ ...facts, state: z.literal("planning"), run: RunId }),
  z.object({ ...facts, state: z.literal("planned"), plan: StoredPlan }),
  z.object({
    ...facts,
    state: z.literal("awaiting_approval"),
    plan: StoredPlan,
    votes,
    asking,
  }),
  z.object({ ...facts, state: z.literal("approved"), plan: StoredPlan, votes, asking, run: RunId }),
  z.object({
    ...facts,
    state: z.literal("applying"),
    plan: StoredPlan,
    votes,
    asking,
    run: RunId,
    startedAt: Instant,
    forceFrom: Instant.nullable().default(null),
    lostAt: Instant.nullable().default(null),
  }),
]);

export const StoredEndedChange: z.ZodType<EndedChange> = z.object({
  ...facts,
  state: z.literal("ended"),
  outcome: Outcome,
  reason: z.object({
    code: z.string(),
    params: z.record(z.string(), z.union([z.string(), z.number()])),
  }),
  plan: StoredPlan.nullable(),
  votes,
  asking: Asking.nullable().default(null),
  run: RunId.nullable(),
  endedAt: Instant,
});
