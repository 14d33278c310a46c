import { z } from "zod";
import { ChangeKind } from "./change.ts";
import { Cloud, Environment } from "./deployment.ts";
import { PersonId } from "./ids.ts";
import { RiskLevel } from "./risk.ts";

export const GroupName = z.string().regex(/^[a-z][a-z0-9._-]{0,63}$/);

export const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;

/** An IANA time zone that this machine knows: `Asia/Seoul`. */
const Zone = z.string().refine(isZone, { error: "no time zone of that name; write Asia/Seoul" });

const Clock = z
  .string()
  .regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, { error: "no time of day; write 09:30" });

/** Hours in which votes count. One that ends before it starts goes on until the next morning. */
export const Window = z
  .strictObject({
    days: z.array(z.enum(DAYS)).min(1),
    from: Clock,
    to: Clock,
    zone: Zone.default("UTC"),
  })
  .refine(({ from, to }) => from !== to && from !== "24:00", {
    error: "no hours; a whole day is from 00:00 to 24:00",
  });
export type Window = z.infer<typeof Window>;

/** What a rule is about; what it does not name it does not ask about. */
const When = z.strictObject({
  environment: z.array(Environment).min(1).optional(),
  cloud: z.array(Cloud).min(1).optional(),
  /** Names of modules, `*` for any letters: `aws_*`. */
  module: z
    .array(z.string().regex(/^[a-z0-9_*]+$/))
    .min(1)
    .optional(),
  team: z.array(GroupName).min(1).optional(),
  /** `destroy` is also the recovery of an interrupted destroy. */
  kind: z.array(ChangeKind).min(1).optional(),
  /** The plan's risk is this or higher. */
  risk: RiskLevel.optional(),
  /** The plan deletes or replaces something. */
  deletes: z.boolean().optional(),
  cost: z
    .never({
      error:
        "there are no prices yet, so no rule can ask for the cost; take it out and ask for risk, module or environment",
    })
    .optional(),
});
export type When = z.infer<typeof When>;

/** What is asked of people. */
const Terms = z.strictObject({
  /** Who may vote: members of any of these groups; without it every group that has approvers. */
  groups: z.array(GroupName).min(1).optional(),
  /** How many different people must approve. */
  votes: z.int().min(1).default(1),
  /** Of them, how many at least from a group. */
  votesOf: z.record(GroupName, z.int().min(1)).default({}),
  /**
   * Whether the requester's own vote counts. In prod, for a critical plan and for a destroy it never
   * does, whatever is written here.
   */
  requester: z.enum(["excluded", "counts"]).default("excluded"),
  /** When approving needs the deployment's name typed in; `risky`: a destroy or a critical plan. */
  stepUp: z.enum(["never", "risky", "always"]).default("risky"),
  /** After so many hours without enough votes, a year at most, the change ends as expired. */
  expiresAfterHours: z.number().positive().max(8760).default(24),
  /** A group that is asked too when 80 % of the time is over. */
  escalate: GroupName.optional(),
  /** Votes count only then; without it always. */
  windows: z.array(Window).min(1).optional(),
});
export type Terms = z.infer<typeof Terms>;

/** What is asked where no rule fits, and where the rule that fits says nothing. */
export const Approval = Terms.extend({
  /** Whether the second approver that a module's own file asks for is asked for. */
  modules: z.enum(["honoured", "ignored"]).default("honoured"),
});

/** The first rule that fits a change decides what is asked of people. */
export const Rule = Terms.extend({
  votes: Terms.shape.votes.unwrap().optional(),
  votesOf: Terms.shape.votesOf.unwrap().optional(),
  requester: Terms.shape.requester.unwrap().optional(),
  stepUp: Terms.shape.stepUp.unwrap().optional(),
  expiresAfterHours: Terms.shape.expiresAfterHours.unwrap().optional(),
  name: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  when: When.prefault({}),
});
export type Rule = z.infer<typeof Rule>;

const Moment = z.iso
  .datetime({ offset: true, error: "no moment; write 2026-12-24T18:00:00+09:00" })
  .transform((text) => new Date(text));

/** While it lasts nobody approves and nothing starts, whatever the rules say. */
export const Freeze = z
  .strictObject({
    reason: z.string().min(1).max(200),
    when: When.prefault({}),
    from: Moment.optional(),
    until: Moment,
    /** In whose time people are told of it. */
    zone: Zone.default("UTC"),
  })
  .refine(({ from, until }) => from === undefined || from < until, {
    error: "ends before it begins",
  });
export type Freeze = z.infer<typeof Freeze>;

/** A change and what must come of it; `npm run policy -- test` runs them. */
export const Example = z.strictObject({
  name: z.string().min(1),
  given: z.strictObject({
    environment: Environment,
    module: z.string(),
    team: GroupName.optional(),
    kind: ChangeKind.default("create"),
    risk: RiskLevel.default("low"),
    deletes: z.boolean().default(false),
    requester: PersonId.optional(),
    at: Moment.optional(),
  }),
  expect: z.strictObject({
    /** `default` where no rule fits. */
    rule: z.string().optional(),
    votes: z.int().optional(),
    groups: z.array(GroupName).optional(),
    votesOf: z.record(GroupName, z.int()).optional(),
    typedName: z.boolean().optional(),
    expiresAfterHours: z.number().optional(),
    escalate: GroupName.optional(),
    open: z.boolean().optional(),
    may: z.array(PersonId).optional(),
    mayNot: z.array(PersonId).optional(),
  }),
});
export type Example = z.infer<typeof Example>;

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).format(0) !== "";
  } catch {
    return false;
  }
}
