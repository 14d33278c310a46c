import type { z } from "zod";
import type { ApiRoute, PageRoute } from "#text/api.ts";
import type { RefusalCode } from "#text/refusals.ts";
import {
  DeploymentAnswer,
  EventsAnswer,
  HealthAnswer,
  ListAnswer,
  LockAnswer,
  ModuleAnswer,
  ModulesAnswer,
  PlanAnswer,
  ReadyAnswer,
  RunAnswer,
} from "./answers.ts";
import type { Scope } from "./api-tokens.ts";
import { CancelBody, NewDeployment, NoBody, PlanBody, UnlockBody, VoteBody } from "./bodies.ts";
import { ContentAnswer, TreeAnswer } from "./lesson-answers.ts";
import {
  ContentQuery,
  CreateQuery,
  ListQuery,
  LogsQuery,
  TreeQuery,
  WaitQuery,
} from "./queries.ts";

/** What the description says of one route beside its summary. */
export type Described = {
  readonly statuses: readonly number[];
  /** Of the answer's body; a media type where it is not JSON. */
  readonly answer: z.ZodType | string;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** Scope that a token needs; null: any token. Left out: nobody needs to be known. */
  readonly needs?: Scope | null;
  /** Refusals of this route beside those of every route like it. */
  readonly refusals?: readonly RefusalCode[];
};

const READ = { needs: "deployments:read" } as const;
const WRITE = { needs: "deployments:write" } as const;
const ONE = { answer: DeploymentAnswer } as const;
/** 202 while something goes on by itself. */
const GOES_ON = { ...WRITE, ...ONE, statuses: [200, 202] } as const;

/** Also wrong values of a plan: they are checked like those of a request. */
const WRONG_VALUES = [
  "not-allowed",
  "wrong-variables",
  "wrong-environment",
  "upstream-not-found",
  "unknown-region",
  "wrong-cloud-region",
  "region-not-allowed",
  "outside-residency",
  "dependency-region",
  "too-many-zones",
  "reserved-tags",
] as const;

const NOT_NOW = [
  "not-allowed",
  "module-gone",
  "busy-applying",
  "already-destroyed",
  "recover-first",
  "made-in-simulated-cloud",
  "made-in-real-cloud",
  "change-moved-on",
] as const;

const VOTE = [
  "machine-cannot-vote",
  "cannot-vote",
  "requester-cannot-vote",
  "token-owner-cannot-vote",
  "no-plan",
  "plan-not-ready",
  "not-asked",
  "already-voted",
  "already-approved",
  "vote-over",
  "vote-frozen",
  "vote-closed",
  "plan-changed",
  "plan-stale",
  "rules-changed",
  "expired",
  "name-needed",
  "made-in-simulated-cloud",
  "made-in-real-cloud",
  "change-moved-on",
] as const;

const APPLY = [
  "not-allowed",
  "not-approved",
  "no-plan",
  "plan-changed",
  "plan-stale",
  "plan-used",
  "rules-changed",
  "votes-lost",
  "expired",
  "change-moved-on",
] as const;

/** Every documented route; the test asks each of them whether it is there. */
export const DESCRIBED: Readonly<Record<ApiRoute, Described>> = {
  "POST /deployments": {
    ...WRITE,
    ...ONE,
    statuses: [201],
    query: CreateQuery,
    body: NewDeployment,
    refusals: [
      ...WRONG_VALUES,
      "bad-name",
      "name-taken",
      "unknown-module",
      "wrong-cloud",
      "unknown-team",
    ],
  },
  "GET /deployments": { ...READ, answer: ListAnswer, statuses: [200], query: ListQuery },
  "GET /deployments/{id}": { ...READ, ...ONE, statuses: [200] },
  "POST /deployments/{id}/plan": {
    ...GOES_ON,
    query: WaitQuery,
    body: PlanBody,
    refusals: [...NOT_NOW, ...WRONG_VALUES, "name-taken"],
  },
  "POST /deployments/{id}/approve": {
    ...WRITE,
    ...ONE,
    statuses: [200],
    body: NoBody,
    refusals: [
      "not-allowed",
      "no-plan",
      "plan-not-ready",
      "nowhere-to-ask",
      "nobody-can-approve",
      "plan-stale",
      "already-approved",
      "made-in-simulated-cloud",
      "made-in-real-cloud",
      "change-moved-on",
    ],
  },
  "POST /deployments/{id}/vote": {
    ...ONE,
    needs: null,
    statuses: [200],
    body: VoteBody,
    refusals: VOTE,
  },
  "POST /deployments/{id}/apply": {
    ...WRITE,
    answer: RunAnswer,
    statuses: [200, 202],
    body: NoBody,
    refusals: APPLY,
  },
  "POST /deployments/{id}/destroy": {
    ...GOES_ON,
    body: NoBody,
    refusals: NOT_NOW,
  },
  "POST /deployments/{id}/cancel": {
    ...GOES_ON,
    body: CancelBody,
    refusals: [
      "not-allowed",
      "nothing-to-cancel",
      "name-to-confirm",
      "nothing-to-force",
      "stop-first",
      "still-stopping",
      "person-needed",
    ],
  },
  "POST /deployments/{id}/drift": {
    ...GOES_ON,
    query: WaitQuery,
    body: NoBody,
    refusals: [...NOT_NOW, "nothing-to-check", "drift-under-way"],
  },
  "GET /deployments/{id}/lock": {
    ...READ,
    answer: LockAnswer,
    statuses: [200],
    refusals: ["person-needed", "not-allowed", "nothing-held", "nothing-held-here"],
  },
  "POST /deployments/{id}/unlock": {
    ...GOES_ON,
    body: UnlockBody,
    refusals: [
      "person-needed",
      "not-allowed",
      "nothing-held",
      "nothing-held-here",
      "holder-alive",
      "name-to-confirm",
    ],
  },
  "GET /deployments/{id}/logs": {
    ...READ,
    answer: "text/event-stream",
    statuses: [200],
    query: LogsQuery,
    refusals: ["run-not-found", "no-run-yet", "too-many-readers"],
  },
  "GET /deployments/{id}/plan": {
    ...READ,
    answer: PlanAnswer,
    statuses: [200],
    refusals: ["no-plan"],
  },
  "GET /deployments/{id}/plan.txt": {
    ...READ,
    answer: "text/plain",
    statuses: [200],
    refusals: ["no-plan"],
  },
  "GET /deployments/{id}/events": { ...READ, answer: EventsAnswer, statuses: [200] },
  "GET /modules": { needs: "modules:read", answer: ModulesAnswer, statuses: [200] },
  "GET /modules/{name}": {
    needs: "modules:read",
    answer: ModuleAnswer,
    statuses: [200],
    refusals: ["no-such-module"],
  },
  "GET /api/v1/curriculum/tree": {
    needs: "curriculum:read",
    answer: TreeAnswer,
    statuses: [200],
    query: TreeQuery,
  },
  "GET /api/v1/curriculum/content": {
    needs: "curriculum:read",
    answer: ContentAnswer,
    statuses: [200],
    query: ContentQuery,
    refusals: ["lesson-not-found", "lesson-path-refused"],
  },
  "GET /openapi.json": { answer: "application/json", statuses: [200] },
  "GET /healthz": { answer: HealthAnswer, statuses: [200] },
  "GET /readyz": { answer: ReadyAnswer, statuses: [200, 503] },
  "GET /metrics": { answer: "text/plain", statuses: [200] },
};

/** Pages for people: status and media type; null: nothing is in the answer. */
export const PAGES: Readonly<Record<PageRoute, { status: number; type: string | null }>> = {
  "GET /d/{id}": { status: 200, type: "text/html" },
  "GET /s": { status: 200, type: "text/html" },
  "POST /s": { status: 204, type: null },
  "GET /shell/{session}": { status: 200, type: "text/html" },
};

/** The refusals that a caller of this route may meet, each once. */
export function refusalsOf(route: string, { needs, body, query, refusals = [] }: Described) {
  const codes: readonly RefusalCode[] = [
    ...(needs === undefined ? [] : KNOWN),
    ...(needs === undefined || needs === null ? [] : (["scope-missing"] as const)),
    ...(body === undefined ? [] : WRITING),
    ...(query === undefined ? [] : (["wrong-query"] as const)),
    ...(route.includes("/deployments/{id}") ? (["not-found"] as const) : []),
    ...refusals,
  ];
  return [...new Set(codes)];
}

const KNOWN = [
  "not-signed-in",
  "token-unknown",
  "token-revoked",
  "token-expired",
  "token-team-gone",
  "foreign-host",
  "bad-json",
  "unexpected",
] as const;

const WRITING = [
  "wrong-content-type",
  "foreign-origin",
  "body-too-big",
  "wrong-body",
  "idempotency-key-bad",
  "idempotency-key-reused",
  "same-request-running",
] as const;
