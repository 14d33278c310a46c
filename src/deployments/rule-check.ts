import type { Freeze, Rule, Terms, When } from "./policy-rules.ts";

type Groups = Readonly<
  Record<string, { readonly members: readonly string[]; readonly team: boolean }>
>;
type Ruled = {
  readonly groups: Groups;
  readonly approval: Terms;
  readonly rules: readonly Rule[];
  readonly freezes: readonly Freeze[];
};
type Path = readonly (string | number)[];
type Problem = { readonly path: Path; readonly message: string };

/** Rules that name what does not exist, that nobody could satisfy, or that allow too much. */
export function wrongRules(policy: Ruled): Problem[] {
  const { groups } = policy;
  return [
    ...wrongTerms(groups, ["approval"], policy.approval),
    ...policy.rules.flatMap((rule, at) => [
      ...wrongTerms(groups, ["rules", at], rule),
      ...wrongTeams(groups, ["rules", at, "when"], rule.when),
      ...selfApproval(["rules", at], rule),
    ]),
    ...policy.freezes.flatMap(({ when }, at) => wrongTeams(groups, ["freezes", at, "when"], when)),
    ...repeatedNames(policy.rules),
  ];
}

type Said = { readonly [key in keyof Terms]?: Terms[key] | undefined };

function wrongTerms(groups: Groups, path: Path, terms: Said): Problem[] {
  const asked = terms.groups ?? [];
  const second = terms.escalate === undefined ? [] : [terms.escalate];
  const shares = Object.keys(terms.votesOf ?? {});
  const unknown = [...asked, ...second, ...shares].filter((name) => !Object.hasOwn(groups, name));
  if (unknown.length > 0) {
    return unknown.map((name) => ({ path, message: `there is no group ${name}` }));
  }
  const outside = shares.filter((name) => ![...asked, ...second].includes(name));
  return [
    ...outside.map((name) => ({
      path: [...path, "votesOf", name],
      message: `${name} is not among the rule's groups`,
    })),
    ...tooFew(groups, path, { asked: [...asked, ...second], terms }),
  ];
}

/** Only where groups are named: who has the role approver may change with every edit. */
function tooFew(
  groups: Groups,
  path: Path,
  { asked, terms }: { asked: readonly string[]; terms: Said },
): Problem[] {
  const people = new Set(asked.flatMap((name) => groups[name]?.members ?? []));
  const shares = Object.entries(terms.votesOf ?? {}).filter(
    ([name, votes]) => votes > (groups[name]?.members.length ?? 0),
  );
  const wanted = terms.votes ?? 1;
  return [
    ...(terms.groups !== undefined && wanted > people.size
      ? [{ path, message: `asks for ${wanted} votes, but its groups have ${people.size} people` }]
      : []),
    ...shares.map(([name, votes]) => ({
      path: [...path, "votesOf", name],
      message: `asks for ${votes} votes of ${name}, which has fewer people`,
    })),
  ];
}

function wrongTeams(groups: Groups, path: Path, { team = [] }: When): Problem[] {
  return team
    .filter((name) => !Object.hasOwn(groups, name) || groups[name]?.team !== true)
    .map((name) => ({
      path: [...path, "team"],
      message: `${name} is no group with team: true`,
    }));
}

/** The requester's own vote is ignored in these cases anyway; a rule that says otherwise misleads. */
function selfApproval(path: Path, { requester, when }: Rule): Problem[] {
  const isShielded =
    when.environment?.includes("prod") === true ||
    when.kind?.includes("destroy") === true ||
    when.risk === "critical";
  return requester === "counts" && isShielded
    ? [
        {
          path: [...path, "requester"],
          message: "nobody approves their own change of prod, destroy or critical plan",
        },
      ]
    : [];
}

function repeatedNames(rules: readonly Rule[]): Problem[] {
  const names = rules.map(({ name }) => name);
  return names.flatMap((name, at) =>
    name === "default" || names.indexOf(name) !== at
      ? [{ path: ["rules", at, "name"], message: `${name} is the name of another rule` }]
      : [],
  );
}
