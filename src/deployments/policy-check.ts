import { isMachineId } from "./ids.ts";

const PERSONAL_IDS = ["console", "slack", "teams", "email"] as const;
type PersonalId = (typeof PERSONAL_IDS)[number];

/** What of a policy refers to other parts of it. */
type Referring = {
  readonly people: Readonly<Record<string, { readonly [id in PersonalId]?: string | undefined }>>;
  readonly groups: Readonly<
    Record<string, { readonly members: readonly string[]; readonly team: boolean }>
  >;
  readonly teams: Readonly<
    Record<
      string,
      { readonly region: { readonly aws?: string | undefined; readonly gcp?: string | undefined } }
    >
  >;
  readonly regions: {
    readonly aws?: readonly string[] | undefined;
    readonly gcp?: readonly string[] | undefined;
  };
};

type Problem = { readonly path: string[]; readonly message: string };

/** Names that lead nowhere: a typing mistake in rights must not pass in silence. */
export function wrongReferences(policy: Referring): Problem[] {
  return [
    ...unknownMembers(policy),
    ...sharedIds(policy),
    ...likeOthers(policy),
    ...wrongTeams(policy),
  ];
}

/**
 * A person named like a token would have what it asked for, and its rights; of one named `system`
 * nobody could tell in the audit what they did and what the product did by itself.
 */
function likeOthers({ people }: Referring): Problem[] {
  return Object.keys(people).flatMap((person) => {
    const path = ["people", person];
    if (person === "system") {
      return [{ path, message: "this is what the product itself is called in the audit" }];
    }
    return isMachineId(person) ? [{ path, message: "this is how tokens are named" }] : [];
  });
}

function unknownMembers({ people, groups }: Referring): Problem[] {
  return Object.entries(groups).flatMap(([group, { members }]) =>
    members
      .filter((member) => !Object.hasOwn(people, member))
      .map((member) => ({
        path: ["groups", group, "members"],
        message: `${member} is not among the people`,
      })),
  );
}

/** Two people with one id: nobody could say who pressed, or one person would have two votes. */
function sharedIds({ people }: Referring): Problem[] {
  return PERSONAL_IDS.flatMap((platform) => {
    const owners = new Map<string, string>();
    return Object.entries(people).flatMap(([person, ids]) => {
      // Mail addresses are the same in whatever case they are written.
      const id = platform === "email" ? ids.email?.toLowerCase() : ids[platform];
      const owner = id === undefined ? undefined : owners.get(id);
      if (id !== undefined) {
        owners.set(id, person);
      }
      return owner === undefined
        ? []
        : [{ path: ["people", person, platform], message: `${owner} has the same id` }];
    });
  });
}

function wrongTeams({ groups, teams, regions }: Referring): Problem[] {
  return Object.entries(teams).flatMap(([team, { region }]) => {
    const path = ["teams", team];
    const isTeam = Object.hasOwn(groups, team) && groups[team]?.team === true;
    const outside = (["aws", "gcp"] as const).filter((cloud) => {
      const own = region[cloud];
      return own !== undefined && regions[cloud]?.includes(own) === false;
    });
    return [
      ...(isTeam ? [] : [{ path, message: "there is no group of that name with team: true" }]),
      ...outside.map((cloud) => ({
        path: [...path, "region", cloud],
        message: `${region[cloud] ?? ""} is not among the allowed regions`,
      })),
    ];
  });
}
