import { z } from "zod";
import { ChangeKind, Json, Outcome, Vars } from "#deployments/change.ts";
import { Cloud, Environment, OpenAddress, OutputShape } from "#deployments/deployment.ts";
import { ResourceShape } from "#deployments/deployment.ts";
import { DriftResult } from "#deployments/drift.ts";
import { ChangeId, DeploymentId, Digest, PersonId, RunId } from "#deployments/ids.ts";
import { PlannedResource, PlanSummary } from "#deployments/plan-summary.ts";
import { RiskLevel, RiskReason } from "#deployments/risk.ts";
import { RunKind, RunStatus } from "#deployments/run.ts";
import { StatusWord } from "./queries.ts";

/**
 * What the routes answer, for the description and for the test that reads real answers by it: an
 * unknown field is an error, so that neither can say more than the other.
 */
const Instant = z.iso.datetime();

const ProgressAnswer = z.strictObject({
  done: z.number().int(),
  total: z.number().int(),
  current: z.string().nullable(),
  inFlight: z.number().int(),
});

export const RunAnswer = z.strictObject({
  id: RunId,
  kind: RunKind,
  deployment: DeploymentId,
  change: ChangeId.nullable(),
  status: RunStatus,
  attempts: z.number().int(),
  ahead: z.number().int().nullable(),
  progress: ProgressAnswer,
  queuedAt: Instant,
  startedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
});

const ChangeAnswer = z.strictObject({
  id: ChangeId,
  kind: ChangeKind,
  state: z.enum(["planning", "planned", "awaiting_approval", "approved", "applying"]),
  requester: PersonId,
  vars: Vars,
  openedAt: Instant,
  expiresAt: Instant.optional(),
  run: RunId.optional(),
});

const LastChangeAnswer = z.strictObject({
  id: ChangeId,
  kind: ChangeKind,
  outcome: Outcome,
  reason: z.string().nullable(),
  at: Instant,
  run: RunId.optional(),
});

/** A deployment in a list. */
export const DeploymentLine = z.strictObject({
  id: DeploymentId,
  name: z.string(),
  cloud: Cloud,
  simulated: z.boolean(),
  module: z.string(),
  /** Of the last apply; null: nothing exists, or it was applied before this was kept. */
  moduleCommit: z.string().nullable(),
  moduleVersion: z.string().nullable(),
  environment: Environment,
  team: z.string().nullable(),
  requester: PersonId,
  vars: Vars,
  status: StatusWord,
  standing: z.enum(["nothing", "live", "partial", "uncertain", "destroyed"]),
  uncertain: z.array(OpenAddress.strict()).optional(),
  change: ChangeAnswer.nullable(),
  lastChange: LastChangeAnswer.nullable(),
  createdAt: Instant,
});

export const ListAnswer = z.strictObject({
  items: z.array(DeploymentLine),
  next: z.string().nullable(),
});

const RiskAnswer = z.strictObject({
  level: RiskLevel,
  reasons: z.array(
    z.strictObject({ rule: RiskReason.shape.rule, address: z.string(), text: z.string() }),
  ),
});

const SummaryAnswer = PlanSummary.extend({
  resources: z.array(PlannedResource.strict()),
  digest: Digest,
}).strict();

export const PlanAnswer = SummaryAnswer.extend({ risk: RiskAnswer, changeId: ChangeId });

const VoteAnswer = z.strictObject({
  voter: PersonId,
  decision: z.enum(["approve", "reject"]),
  reason: z.string().nullable(),
  platform: z.string(),
  at: Instant,
});

const AdviceAnswer = z.strictObject({
  level: z.enum(["block", "warn", "info"]),
  code: z.string(),
  suggested: z.strictObject({ variable: z.string(), value: Json }).nullable(),
  text: z.string(),
});

const { items, more, outputs, lookedWith } = DriftResult.shape;

const DriftAnswer = z.strictObject({
  run: RunId,
  requester: PersonId,
  askedAt: Instant,
  endedAt: Instant.nullable(),
  /** Null while it is under way. */
  outcome: DriftResult.shape.outcome.nullable(),
  items,
  more,
  outputs,
  lookedWith,
  reason: z.string().nullable(),
});

export const DeploymentAnswer = DeploymentLine.extend({
  plan: SummaryAnswer.nullable(),
  risk: RiskAnswer.nullable(),
  votes: z.array(VoteAnswer),
  outputs: z.array(OutputShape.strict()),
  resources: z.array(ResourceShape.strict()),
  advice: z.array(AdviceAnswer),
  drift: DriftAnswer.nullable(),
  cost: z.null(),
  runs: z.array(RunAnswer),
});

export const LockAnswer = z.strictObject({
  run: RunId,
  kind: RunKind,
  worker: z.string(),
  host: z.string(),
  since: Instant,
  lastHeard: Instant.nullable(),
  alive: z.boolean(),
});

export const EventsAnswer = z.strictObject({
  items: z.array(
    z.strictObject({
      deployment: DeploymentId.nullable(),
      actor: z.union([PersonId, z.literal("system")]),
      action: z.string(),
      detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
      at: Instant,
    }),
  ),
});

/** `schema` is the JSON Schema of `vars`, which the module itself decides. */
export const ModuleAnswer = z.strictObject({
  name: z.string(),
  version: z.string(),
  cloud: Cloud,
  title: z.string(),
  summary: z.string(),
  environments: z.array(Environment),
  commit: z.string(),
  outputs: z.array(
    z.strictObject({ name: z.string(), description: z.string(), sensitive: z.boolean() }),
  ),
  schema: z.strictObject({
    $schema: z.literal("https://json-schema.org/draft/2020-12/schema"),
    type: z.literal("object"),
    properties: z.record(z.string(), z.record(z.string(), Json)),
    required: z.array(z.string()),
    additionalProperties: z.literal(false),
  }),
});

export const ModulesAnswer = z.strictObject({ items: z.array(ModuleAnswer) });

export const HealthAnswer = z.strictObject({ status: z.literal("ok") });

export const ReadyAnswer = z.strictObject({
  ready: z.boolean(),
  checks: z.array(z.strictObject({ name: z.string(), ok: z.boolean() })),
});

/** RFC 9457; `next` says what to do now, `errors` has one entry per wrong variable. */
export const ProblemAnswer = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  detail: z.string(),
  next: z.string(),
  errors: z
    .array(z.strictObject({ variable: z.string(), code: z.string(), detail: z.string() }))
    .optional(),
});
