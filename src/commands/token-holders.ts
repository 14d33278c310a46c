import { PersonId } from "#deployments/ids.ts";
import { isTeam, LOCAL_POLICY, viewerOf, type Policy } from "#deployments/policy.ts";
import { readPolicy } from "#persistence/policy-file.ts";
import { openRegions } from "#persistence/regions-file.ts";
import type { TOKEN_COMMAND } from "#text/token-command.ts";
import type { Params } from "#text/wording.ts";

export type PolicyFiles = {
  /** POLICY_FILE; null: it is not set for this command. */
  readonly policy: string | null;
  readonly shippedPolicy: string;
  readonly regions: string;
};

/** Whom a token is for: who answers for it, and whose deployments it works on. */
export type Holders = { readonly owner: string | undefined; readonly team: string | undefined };

export type Remark = {
  /** No token is made. */
  readonly stops: boolean;
  readonly code: keyof typeof TOKEN_COMMAND;
  readonly params: Params;
};

/**
 * What is wrong or missing with the holders of a new token, by the policy file. Without POLICY_FILE
 * the server's policy is not known here, so what no policy that it may have knows is only told.
 * Throws PolicyFileWrong.
 */
export function remarksOn({ owner, team }: Holders, files: PolicyFiles): readonly Remark[] {
  const policies = policiesOf(files);
  const isKnown = (person: string) => policies.some((policy) => isPerson(policy, person));
  return [
    ...(owner === undefined ? [{ stops: false, code: "noOwner" as const, params: {} }] : []),
    ...(owner === undefined || isKnown(owner) ? [] : [unknownOwner(owner, files)]),
    ...(team === undefined || policies.some((policy) => isTeam(policy, team))
      ? []
      : [unknownTeam(team, files)]),
  ];
}

function policiesOf({ policy, shippedPolicy, regions }: PolicyFiles): Policy[] {
  const known = openRegions(regions);
  return policy === null
    ? [LOCAL_POLICY, readPolicy(shippedPolicy, known)]
    : [readPolicy(policy, known)];
}

function isPerson(policy: Policy, name: string): boolean {
  const person = PersonId.safeParse(name);
  return person.success && viewerOf(policy, person.data) !== null;
}

function unknownOwner(owner: string, { policy, shippedPolicy }: PolicyFiles): Remark {
  const stops = policy !== null || !PersonId.safeParse(owner).success;
  const params = { owner, file: policy ?? shippedPolicy };
  return { stops, code: stops ? "badOwner" : "unsureOwner", params };
}

function unknownTeam(team: string, { policy }: PolicyFiles): Remark {
  return policy === null
    ? { stops: false, code: "unsureTeam", params: { team } }
    : { stops: true, code: "badTeam", params: { team, file: policy } };
}
