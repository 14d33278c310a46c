import { isDeepStrictEqual } from "node:util";
import { closedFor, demandOf, type Subject } from "./demand.ts";
import { Cloud } from "./deployment.ts";
import type { Example } from "./policy-rules.ts";
import type { Policy } from "./policy.ts";
import { votersOf } from "./voters.ts";

/** What became of an example: what the policy answers, and where that is not what is expected. */
export type Checked = {
  readonly example: Example;
  readonly found: Found;
  readonly wrong: readonly (keyof Found)[];
};

type Found = { readonly [key in keyof Required<Example["expect"]>]: unknown };

/** Runs the policy's own examples. What a module asks for by itself is not part of them. */
export function checkExamples(policy: Policy, now: Date): readonly Checked[] {
  return policy.examples.map((example) => {
    const found = answerOf(policy, example, now);
    return { example, found, wrong: differences(example.expect, found) };
  });
}

function answerOf(policy: Policy, { given, expect }: Example, now: Date): Found {
  const subject = subjectOf(given);
  const demand = demandOf(policy, subject);
  const voters = votersOf(policy, demand.groups).filter(
    (person) => demand.requesterCounts || person !== given.requester,
  );
  return {
    rule: demand.rule,
    votes: demand.votes,
    groups: demand.groups,
    votesOf: demand.votesOf,
    typedName: demand.typedName,
    expiresAfterHours: demand.hours,
    escalate: demand.escalate,
    open: closedFor(policy, subject, given.at ?? now) === null,
    may: (expect.may ?? []).filter((person) => voters.includes(person)),
    mayNot: (expect.mayNot ?? []).filter((person) => !voters.includes(person)),
  };
}

function subjectOf(given: Example["given"]): Subject {
  const { environment, module, team, kind, risk, deletes } = given;
  const cloud = Cloud.safeParse(module.split("_")[0]).data ?? "local";
  const removes = kind === "destroy";
  const whose = team ?? null;
  return { environment, cloud, module, team: whose, kind, removes, risk, deletes, floor: 1 };
}

const ASKED = [
  "rule",
  "votes",
  "groups",
  "votesOf",
  "typedName",
  "expiresAfterHours",
  "escalate",
  "open",
  "may",
  "mayNot",
] as const satisfies readonly (keyof Found)[];

function differences(expect: Example["expect"], found: Found): readonly (keyof Found)[] {
  return ASKED.filter(
    (key) => expect[key] !== undefined && !isDeepStrictEqual(expect[key], found[key]),
  );
}
