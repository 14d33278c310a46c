import { z } from "zod";
import { Digest } from "./ids.ts";

/** What the policy asks of people for one plan. */
export const Demand = z.object({
  /** Name of the rule; `default` where none fits. */
  rule: z.string(),
  /** Of everything that decides: another one makes votes void. */
  hash: Digest,
  groups: z.array(z.string()),
  votes: z.number().int(),
  /** Of these votes, so many at least from a group. */
  votesOf: z.record(z.string(), z.number().int()),
  /** Approving needs the deployment's name typed in. */
  typedName: z.boolean(),
  requesterCounts: z.boolean(),
  hours: z.number(),
  escalate: z.string().nullable(),
});
export type Demand = z.infer<typeof Demand>;

const Instant = z.coerce.date();

/** A question put to people: what is asked, since when, until when, and what was done about it. */
export const Asking = z.object({
  demand: Demand,
  askedAt: Instant,
  expiresAt: Instant,
  /** When the reminder at half of the time went out. */
  remindedAt: Instant.nullable(),
  /** When the second group was asked too. */
  escalatedAt: Instant.nullable(),
  /** Why it waits again although its votes were complete once. */
  back: z
    .object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) })
    .nullable(),
});
export type Asking = z.infer<typeof Asking>;

/** What changes of before this record were asked; no rule answers like that, so they are asked anew. */
export const NOT_RECORDED: Asking = {
  demand: {
    rule: "",
    hash: Digest.parse("0".repeat(64)),
    groups: [],
    votes: 1,
    votesOf: {},
    typedName: false,
    requesterCounts: false,
    hours: 24,
    escalate: null,
  },
  askedAt: new Date(0),
  expiresAt: new Date(0),
  remindedAt: null,
  escalatedAt: null,
  back: null,
};

const HOUR_MS = 3_600_000;

export function askingFor(demand: Demand, now: Date): Asking {
  return {
    demand,
    askedAt: now,
    expiresAt: new Date(now.getTime() + demand.hours * HOUR_MS),
    remindedAt: null,
    escalatedAt: null,
    back: null,
  };
}

/** Whom the question is put to by now. */
export function groupsOf({ demand, escalatedAt }: Asking): readonly string[] {
  const { groups, escalate } = demand;
  return escalate === null || escalatedAt === null || groups.includes(escalate)
    ? groups
    : [...groups, escalate];
}

/** Of an open change; null while nobody is asked. */
export function askedGroups(change: object): string[] | null {
  const asking = "asking" in change ? Asking.parse(change.asking) : null;
  return asking === null ? null : [...groupsOf(asking)];
}
