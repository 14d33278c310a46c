import { describe, expect, test } from "vitest";
import { z } from "zod";
import { demandOf, subjectOf, type Subject } from "#deployments/demand.ts";
import { LOCAL_POLICY, Policy, policyVersion } from "#deployments/policy.ts";
import { parseWhen } from "#deployments/when.ts";
import { MODULE, plan } from "#tests/support/deployments.ts";
import { aDeployment } from "#tests/support/policies.ts";

const PEOPLE = {
  people: {
    ann: { name: "Ann" },
    bob: { name: "Bob" },
    cho: { name: "Cho" },
    dan: { name: "Dan" },
  },
  groups: {
    web: { members: ["ann", "bob"], team: true },
    reviewers: { members: ["bob", "cho"], roles: ["approver"] },
    admins: { members: ["cho", "dan"], roles: ["admin"] },
    security: { members: ["dan"] },
  },
};

const A_SLACK = { name: "A", slack: "U1" };
const BACKWARDS = {
  reason: "closing",
  from: "2027-01-02T00:00:00Z",
  until: "2026-12-24T00:00:00Z",
};

const SUBJECT: Subject = {
  environment: "dev",
  cloud: "aws",
  module: "aws_vpc",
  team: "web",
  kind: "create",
  removes: false,
  risk: "medium",
  deletes: false,
  floor: 1,
};

function policy(more: object): Policy {
  return Policy.parse({ ...PEOPLE, ...more });
}

function ruled(rule: object, ...others: readonly object[]): Policy {
  return policy({ rules: [{ name: "first", ...rule }, ...others] });
}

describe("a rule is about what its `when` names", () => {
  test.each<[string, object, Partial<Subject>, boolean]>([
    ["nothing named: everything", {}, {}, true],
    ["its environment", { environment: ["dev"] }, {}, true],
    ["one of several environments", { environment: ["stg", "dev"] }, {}, true],
    ["another environment", { environment: ["prod"] }, {}, false],
    ["its cloud", { cloud: ["aws"] }, {}, true],
    ["another cloud", { cloud: ["gcp", "local"] }, {}, false],
    ["its module", { module: ["aws_vpc"] }, {}, true],
    ["modules like it", { module: ["aws_*"] }, {}, true],
    ["the middle of a name is no match", { module: ["vpc"] }, {}, false],
    ["its team", { team: ["web"] }, {}, true],
    ["a team, of a deployment without one", { team: ["web"] }, { team: null }, false],
    ["its kind", { kind: ["create", "update"] }, {}, true],
    ["another kind", { kind: ["destroy"] }, {}, false],
    ["a destroy", { kind: ["destroy"] }, { kind: "destroy", removes: true }, true],
    ["recovery of a destroy", { kind: ["destroy"] }, { kind: "recover", removes: true }, true],
    ["recovery of an apply", { kind: ["destroy"] }, { kind: "recover" }, false],
    ["just its risk", { risk: "medium" }, {}, true],
    ["more than a lower risk", { risk: "low" }, {}, true],
    ["less than a higher risk", { risk: "high" }, {}, false],
    ["that something is deleted", { deletes: true }, { deletes: true }, true],
    ["that something is deleted, when nothing is", { deletes: true }, {}, false],
    ["that nothing is deleted", { deletes: false }, {}, true],
    ["two things, one of them not so", { cloud: ["aws"], environment: ["prod"] }, {}, false],
  ])("%s", (...[, when, subject, fits]) => {
    const demand = demandOf(ruled({ when }), { ...SUBJECT, ...subject });

    expect(demand.rule).toBe(fits ? "first" : "default");
  });
});

describe("what is asked of people", () => {
  const destroying = { kind: "destroy", removes: true } as const;

  test.each<[string, object, Partial<Subject>, object]>([
    ["the groups it names", { groups: ["security"] }, {}, { groups: ["security"] }],
    ["whoever has the role, where it names none", {}, {}, { groups: ["reviewers", "admins"] }],
    ["its votes", { votes: 2 }, {}, { votes: 2 }],
    ["one vote by itself", {}, {}, { votes: 1 }],
    [
      "so many of a group, and so at least as many in all",
      { groups: ["reviewers"], votesOf: { reviewers: 2 } },
      {},
      { votes: 2, votesOf: { reviewers: 2 } },
    ],
    ["no name for a harmless plan", {}, {}, { typedName: false }],
    ["the typed name for a critical plan", {}, { risk: "critical" }, { typedName: true }],
    ["the typed name for a destroy", {}, destroying, { typedName: true }],
    ["the typed name always", { stepUp: "always" }, {}, { typedName: true }],
    ["no typed name at all", { stepUp: "never" }, destroying, { typedName: false }],
    ["a day by itself", {}, {}, { hours: 24 }],
    ["its hours", { expiresAfterHours: 0.5 }, {}, { hours: 0.5 }],
    ["nobody else by itself", {}, {}, { escalate: null }],
    ["its second group", { escalate: "security" }, {}, { escalate: "security" }],
    ["never the requester by itself", {}, {}, { requesterCounts: false }],
    ["the requester where it says so", { requester: "counts" }, {}, { requesterCounts: true }],
    [
      "not the requester in prod, whatever it says",
      { requester: "counts" },
      { environment: "prod" },
      { requesterCounts: false },
    ],
    [
      "not the requester for a critical plan, whatever it says",
      { requester: "counts" },
      { risk: "critical" },
      { requesterCounts: false },
    ],
    [
      "not the requester for a destroy, whatever it says",
      { requester: "counts" },
      destroying,
      { requesterCounts: false },
    ],
    ["what the module asks for, if that is more", { votes: 1 }, { floor: 2 }, { votes: 2 }],
    ["its own votes, if they are more", { votes: 3 }, { floor: 2 }, { votes: 3 }],
  ])("%s", (...[, rule, subject, asked]) => {
    expect(demandOf(ruled(rule), { ...SUBJECT, ...subject })).toMatchObject(asked);
  });

  test("where the policy ignores what modules ask for, they ask for nothing", () => {
    const own = policy({ approval: { modules: "ignored" } });

    expect(demandOf(own, { ...SUBJECT, floor: 2 }).votes).toBe(1);
  });

  test("the first rule that fits decides, and what it leaves open comes from `approval`", () => {
    const both = policy({
      approval: { votes: 2, expiresAfterHours: 8 },
      rules: [
        { name: "loose", when: { cloud: ["aws"] }, votes: 1 },
        { name: "strict", votes: 3 },
      ],
    });

    const [aws, gcp] = [SUBJECT, { ...SUBJECT, cloud: "gcp" as const }];

    expect(demandOf(both, aws)).toMatchObject({ rule: "loose", votes: 1, hours: 8 });
    expect(demandOf(both, gcp)).toMatchObject({ rule: "strict", votes: 3, hours: 8 });
  });

  test("the hash moves with everything that decides and with nothing else", () => {
    const base = { groups: ["reviewers"], votes: 1 };
    const night = [{ days: ["mon"], from: "22:00", to: "06:00" }];
    const hash = (rule: object, more: object = {}) =>
      demandOf(policy({ rules: [{ name: "first", ...rule }], ...more }), SUBJECT).hash;

    const others = [{ votes: 2 }, { groups: ["admins"] }, { stepUp: "always" }, { windows: night }];
    const moved = others.map((one) => hash({ ...base, ...one }));

    expect(new Set([hash(base), ...moved]).size).toBe(others.length + 1);
    const unlike = { name: "second", when: { cloud: ["gcp"] } };
    expect(hash(base, { rules: [{ name: "first", ...base }, unlike] })).toBe(hash(base));
  });

  test("the policy's version moves with a person, not with an example", () => {
    const example = { name: "e", given: { environment: "dev", module: "x" }, expect: {} };
    const moved = policy({ people: { ...PEOPLE.people, eve: { name: "Eve" } } });

    expect(policyVersion(policy({ examples: [example] }))).toBe(policyVersion(policy({})));
    expect(policyVersion(moved)).not.toBe(policyVersion(policy({})));
  });
});

describe("what a module asks for is a floor", () => {
  const condition = parseWhen("replicas > 2 or environment == prod");
  const change = { kind: "create", vars: {}, plan: plan(null) } as const;

  test.each<[string, object, object, number]>([
    ["its own number", { minApprovers: 3 }, {}, 3],
    ["a second one for a destroy", { secondApproverWhen: ["destroy"] }, { kind: "destroy" }, 2],
    ["none for a create", { secondApproverWhen: ["destroy"] }, {}, 1],
    ["a second one for a value", { secondApproverWhen: [condition] }, { vars: { replicas: 5 } }, 2],
    ["none for another value", { secondApproverWhen: [condition] }, { vars: { replicas: 1 } }, 1],
    [
      "none for a cost that nobody knows",
      { secondApproverWhen: [parseWhen("cost_delta > 100")] },
      {},
      1,
    ],
  ])("%s", (...[, approval, over, votes]) => {
    const facts = {
      ...MODULE.facts,
      approval: { minApprovers: 1, secondApproverWhen: [], ...approval },
    };

    const subject = subjectOf(aDeployment(), { ...change, ...over }, { facts, variables: [] });

    expect(demandOf(policy({}), subject).votes).toBe(votes);
  });
});

describe("a rule that cannot be meant is refused", () => {
  test.each<[string, object, string]>([
    ["a cost", { when: { cost: 100 } }, "no prices yet"],
    ["an unknown key", { when: { colour: ["red"] } }, "colour"],
    ["an unknown environment", { when: { environment: ["qa"] } }, "rules.0.when.environment.0"],
    ["a group that is none", { groups: ["nobody"] }, "there is no group nobody"],
    ["a second group that is none", { escalate: "nobody" }, "there is no group nobody"],
    ["a share of a group not asked", { groups: ["admins"], votesOf: { web: 1 } }, "not among"],
    ["more votes than people", { groups: ["security"], votes: 2 }, "have 1 people"],
    [
      "a bigger share than people",
      { groups: ["security", "admins"], votesOf: { security: 2 } },
      "fewer people",
    ],
    ["a team that is none", { when: { team: ["admins"] } }, "no group with team: true"],
    [
      "self-approval of prod",
      { requester: "counts", when: { environment: ["prod"] } },
      "nobody approves their own",
    ],
    [
      "self-approval of a destroy",
      { requester: "counts", when: { kind: ["destroy"] } },
      "nobody approves their own",
    ],
    ["the name default", { name: "default" }, "name of another rule"],
    ["no votes", { votes: 0 }, "rules.0.votes"],
    ["no time", { expiresAfterHours: 0 }, "rules.0.expiresAfterHours"],
    ["a time without end", { expiresAfterHours: 1e12 }, "rules.0.expiresAfterHours"],
    [
      "a zone that is none",
      { windows: [{ days: ["mon"], from: "09:00", to: "10:00", zone: "Mars" }] },
      "no time zone",
    ],
    [
      "hours without an hour",
      { windows: [{ days: ["mon"], from: "09:00", to: "09:00" }] },
      "from 00:00 to 24:00",
    ],
    ["a time that is none", { windows: [{ days: ["mon"], from: "9", to: "10:00" }] }, "09:30"],
  ])("%s", (_name, rule, named) => {
    const result = Policy.safeParse({ ...PEOPLE, rules: [{ name: "first", ...rule }] });

    const said = result.error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
    expect(said?.join("\n") ?? "").toContain(named);
  });

  test.each<[string, object, string]>([
    ["a person called like the product", { people: { system: { name: "S" } } }, "in the audit"],
    ["a person called like a token", { people: { "token.ci": { name: "T" } } }, "tokens are named"],
    ["an id of nothing", { people: { ann: { name: "Ann", slack: "" } } }, "people.ann.slack"],
    ["an id with a blank", { people: { ann: { name: "Ann", teams: "T1 " } } }, "no blanks"],
    ["an id of two people", { people: { ann: A_SLACK, bob: A_SLACK } }, "ann has the same id"],
    ["a freeze that ends before it begins", { freezes: [BACKWARDS] }, "ends before it begins"],
  ])("so is %s", (_name, more, named) => {
    const result = Policy.safeParse({ people: {}, groups: {}, ...more });

    expect(z.prettifyError(result.error ?? new z.ZodError([]))).toContain(named);
  });

  test("two people with one mail address would be one person with two votes", () => {
    const twins = {
      ann: { name: "Ann", slack: "U1", email: "ann@example.com" },
      ann2: { name: "Ann", teams: "T1", email: "Ann@Example.com" },
    };

    const result = Policy.safeParse({ people: twins, groups: {} });

    expect(z.prettifyError(result.error ?? new z.ZodError([]))).toContain("ann has the same id");
  });

  test("the built-in policy asks one of the approvers and wants the name for a destroy", () => {
    const demand = demandOf(LOCAL_POLICY, { ...SUBJECT, kind: "destroy", removes: true });

    expect(demand).toMatchObject({ votes: 1, groups: ["approvers", "admins"], typedName: true });
  });
});
