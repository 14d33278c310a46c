import { z } from "zod";
import type { Cloud } from "./deployment.ts";
import { fingerprint } from "./fingerprint.ts";
import { PersonId, type Digest } from "./ids.ts";
import { wrongReferences } from "./policy-check.ts";
import { Approval, Example, Freeze, GroupName, Rule } from "./policy-rules.ts";
import { wrongRules } from "./rule-check.ts";
import { ROLES, type Role, type Viewer } from "./viewer.ts";

/** As the platform writes it: with a blank in it nobody would ever be this person. */
const PlatformId = z.string().regex(/^\S+$/, { error: "an id has no blanks and is not empty" });

const Person = z.strictObject({
  name: z.string(),
  console: PlatformId.optional(),
  slack: PlatformId.optional(),
  teams: PlatformId.optional(),
  email: PlatformId.optional(),
  lang: z.enum(["en", "ko"]).optional(),
});

const Group = z.strictObject({
  members: z.array(PersonId),
  roles: z.array(z.enum(ROLES)).default([]),
  team: z.boolean().default(false),
});

const Residency = z.strictObject({
  /** A residency group of `regions.yaml`: `kr`, `eu`. */
  in: z.string(),
  /** What becomes of a module that keeps data and would be elsewhere. */
  outside: z.enum(["warn", "block"]).default("warn"),
});

const Team = z.strictObject({
  /** The team's own region in each cloud. */
  region: z.strictObject({ aws: z.string().optional(), gcp: z.string().optional() }).prefault({}),
  /** Where its data must be; a bare group warns. */
  residency: z
    .union([z.string().transform((group) => Residency.parse({ in: group })), Residency])
    .optional(),
});

/** Regions that may be used at all; a cloud that is not named allows every one. */
const AllowedRegions = z.strictObject({
  aws: z.array(z.string()).min(1).optional(),
  gcp: z.array(z.string()).min(1).optional(),
});

/** Who is who and who may what, as the policy file says at this moment. */
export const Policy = z
  .strictObject({
    people: z.record(PersonId, Person),
    groups: z.record(GroupName, Group),
    approval: Approval.prefault({}),
    /** In order: the first that fits a change decides. */
    rules: z.array(Rule).default([]),
    freezes: z.array(Freeze).default([]),
    /** Of groups that are teams. */
    teams: z.record(GroupName, Team).default({}),
    regions: AllowedRegions.prefault({}),
    examples: z.array(Example).default([]),
  })
  .superRefine((policy, context) => {
    for (const { path, message } of [...wrongReferences(policy), ...wrongRules(policy)]) {
      context.addIssue({ code: "custom", path: [...path], message });
    }
  });
export type Policy = z.infer<typeof Policy>;

/** Of everything that decides; the examples only check it. */
export function policyVersion({ examples: _examples, ...deciding }: Policy): Digest {
  return fingerprint(deciding);
}

/** The policy of this moment; rights are read at each use, never kept. */
export interface PolicySource {
  current(): Policy;
}

export type PersonKey = "console" | "slack" | "teams";

/** The person behind a platform's user id; null when the policy knows nobody like that. */
export function personBehind(policy: Policy, platform: PersonKey, user: string): PersonId | null {
  const found = Object.entries(policy.people).find(([, person]) => person[platform] === user);
  return found === undefined ? null : PersonId.parse(found[0]);
}

/** What a person is at this moment; null when the policy does not know them. */
export function viewerOf(policy: Policy, person: PersonId): Viewer | null {
  // A name such as `constructor` is no person, though every object answers to it.
  const entry = Object.hasOwn(policy.people, person) ? policy.people[person] : undefined;
  if (entry === undefined) {
    return null;
  }
  const groups = Object.entries(policy.groups).filter(([, group]) =>
    group.members.includes(person),
  );
  const roles = new Set<Role>(groups.flatMap(([, group]) => group.roles));
  return {
    person,
    name: entry.name,
    roles: [...roles],
    teams: groups.filter(([, group]) => group.team).map(([name]) => name),
    groups: groups.map(([name]) => name),
    kind: "person",
    ...(entry.lang === undefined ? {} : { lang: entry.lang }),
  };
}

export function may(viewer: Viewer, role: Role): boolean {
  return viewer.roles.includes(role) || viewer.roles.includes("admin");
}

/** A group of the policy that is a team. */
export function isTeam({ groups }: Policy, name: string): boolean {
  return Object.hasOwn(groups, name) && groups[name]?.team === true;
}

/** What the policy says of a team; null for no team and for one that it says nothing of. */
export function teamRules(policy: Policy, team: string | null): z.infer<typeof Team> | null {
  const isNamed = team !== null && Object.hasOwn(policy.teams, team);
  return isNamed ? (policy.teams[team] ?? null) : null;
}

/** The regions that the policy allows in a cloud; null: every one. */
export function allowedRegions({ regions }: Policy, cloud: Cloud): readonly string[] | null {
  return cloud === "local" ? null : (regions[cloud] ?? null);
}

/** People, roles and team of local mode: nobody has to write a file to try the product. */
export const LOCAL_POLICY: Policy = Policy.parse({
  people: {
    dev: { name: "Dev", console: "dev" },
    lead: { name: "Lead", console: "lead" },
    ops: { name: "Ops", console: "ops" },
    student: { name: "Student", console: "student" },
  },
  groups: {
    "dev-team": { members: ["dev", "lead", "ops"], team: true },
    requesters: { members: ["dev", "lead", "ops"], roles: ["requester", "viewer", "learner"] },
    approvers: { members: ["lead", "ops"], roles: ["approver"] },
    admins: { members: ["ops"], roles: ["admin"] },
    learners: { members: ["student"], roles: ["learner"] },
  },
  teams: { "dev-team": { region: { aws: "ap-northeast-2", gcp: "asia-northeast3" } } },
  // Of three people one asks: to try a destroy nobody should need both others.
  approval: { modules: "ignored" },
});
