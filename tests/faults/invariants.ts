import { LOCAL_POLICY } from "#deployments/policy.ts";
import type { Facts } from "./support/facts.ts";

/**
 * What holds after every case once nothing is under way any more; each broken one as a sentence,
 * none when all hold. The numbers are those of the reference.
 */
export function brokenInvariants(facts: Facts): string[] {
  return [
    ...lostObjects(facts),
    ...secondStarts(facts),
    ...unfinished(facts),
    ...leftLocks(facts),
    ...finalCards(facts),
    ...overlaps(facts),
    ...fallingFences(facts),
    ...unapproved(facts),
    ...leaked(facts),
    ...forged(facts),
  ];
}

/** I1: every object of the cloud is in the state, or named by what is uncertain. */
function lostObjects(facts: Facts): string[] {
  return uncovered(facts).map(({ id }) => `I1: ${id} exists and nobody knows of it`);
}

/** Objects that stand in the cloud and neither in the state nor among the uncertain addresses. */
export function uncovered({ cloud, state, deployments }: Facts): Facts["cloud"] {
  const known = new Set(state.map(({ id }) => id));
  const open = deployments.flatMap(({ standing }) => standing.addresses);
  const named = new Set(open.flatMap(({ id }) => (id === null ? [] : [id])));
  const started = open.filter(({ found }) => found !== "created").map(({ address }) => address);
  return cloud.filter(
    ({ id }) => !known.has(id) && !named.has(id) && !started.some((address) => isAt(address, id)),
  );
}

/** The fixture names its objects so that an id tells its address: `x-b-2` is `….b[2]`. */
export function isAt(address: string, id: string): boolean {
  const [, wave, index] = /-([a-z])-(\d+)$/.exec(id) ?? [];
  return wave !== undefined && address.endsWith(`.${wave}[${index}]`);
}

/** I3: an approved plan is applied at most once. */
function secondStarts({ runs, applyStarts }: Facts): string[] {
  const applies = runs.filter(({ kind }) => kind === "apply");
  const perChange = Map.groupBy(applies, (run) => run.change_id);
  return [...perChange].flatMap(([change, own]) => {
    const starts = own.reduce((sum, { id }) => sum + (applyStarts.get(id) ?? 0), 0);
    return starts > 1 ? [`I3: the plan of ${change} was applied ${starts} times`] : [];
  });
}

const FINAL = ["done", "failed", "lost"];
const WAITS_FOR_PEOPLE = ["planned", "awaiting_approval", "ended"];

/** I4: nothing is under way, and what is open waits for a person. */
function unfinished({ runs, changes }: Facts): string[] {
  return [
    ...runs
      .filter(({ status }) => !FINAL.includes(status))
      .map(({ id, status, kind }) => `I4: ${kind} run ${id} stays ${status}`),
    ...changes
      .filter(({ state }) => !WAITS_FOR_PEOPLE.includes(state))
      .map(({ id, state }) => `I4: change ${id} stays ${state}`),
  ];
}

/** I5: no lock and no credentials of a run that is over. */
function leftLocks({ locks, grants, runs }: Facts): string[] {
  const over = new Set(runs.filter(({ status }) => FINAL.includes(status)).map(({ id }) => id));
  return [
    ...locks.filter(({ run }) => over.has(run)).map(({ run }) => `I5: run ${run} left its lock`),
    ...grants
      .filter(({ run, ended_at: ended }) => over.has(run) && ended === null)
      .map(({ run }) => `I5: run ${run} left its credentials`),
  ];
}

/** I6: one final card per applied change and place, and it has gone out. */
function finalCards({ cards, runs, changes }: Facts): string[] {
  const ended = new Set(changes.filter(({ state }) => state === "ended").map(({ id }) => id));
  const applies = runs.filter(({ kind, change_id: id }) => kind === "apply" && ended.has(id ?? ""));
  return applies.flatMap(({ change_id: change }) => {
    const own = cards.filter(({ card }) => card === `report:${change}`);
    const newest = Math.max(...own.map(({ revision }) => revision));
    const waits = own.filter((card) => card.revision === newest && card.status !== "sent");
    const posts = new Set(own.flatMap(({ posted_as: id }) => (id === null ? [] : [id])));
    const places = new Set(own.map(({ place_key: place }) => place));
    return [
      ...(own.length === 0 ? [`I6: change ${change} has no final card`] : []),
      ...(posts.size > places.size ? [`I6: change ${change} has ${posts.size} final cards`] : []),
      ...waits.map(({ status }) => `I6: the final card of ${change} is ${status}`),
    ];
  });
}

const ACTIVE = ["claimed", "running"];

/** I7: two runs of one deployment are never active at once. */
function overlaps({ history }: Facts): string[] {
  const active = new Map<string, string>();
  const broken: string[] = [];
  for (const { deployment, run, status } of history) {
    const now = active.get(deployment);
    if (ACTIVE.includes(status)) {
      if (now !== undefined && now !== run) {
        broken.push(`I7: ${run} and ${now} of ${deployment} were active at once`);
      }
      active.set(deployment, run);
    } else if (now === run) {
      active.delete(deployment);
    }
  }
  return broken;
}

/** I7: the fence of a run never falls, and each claim raises it. */
function fallingFences({ history }: Facts): string[] {
  const last = new Map<string, Facts["history"][number]>();
  return history.flatMap((now) => {
    const before = last.get(now.run);
    last.set(now.run, now);
    const falls = before !== undefined && now.fence < before.fence;
    const claimed = before?.status === "queued" && now.status === "claimed";
    return falls || (claimed && now.fence <= before.fence)
      ? [`I7: the fence of ${now.run} went from ${before.fence} to ${now.fence}`]
      : [];
  });
}

/** People of the stages with a right to vote, which nobody takes from them. */
const VOTERS = new Set(
  Object.values(LOCAL_POLICY.groups)
    .filter(({ roles }) => roles.includes("approver") || roles.includes("admin"))
    .flatMap(({ members }) => members.map(String)),
);

/** I8: what was applied was approved, as this plan, by people with the right who had not asked for it. */
function unapproved({ runs, applyStarts, plans, votes, changes }: Facts): string[] {
  const started = runs.filter(({ id, kind }) => kind === "apply" && (applyStarts.get(id) ?? 0) > 0);
  return started.flatMap(({ id, change_id: change }) => {
    const plan = plans.find((each) => each.change_id === change);
    const body = changes.find((each) => each.id === change)?.body;
    const cast = votes.filter((vote) => vote.change_id === change);
    const counting = cast.filter(
      ({ voter, decision, digest }) =>
        decision === "approve" &&
        digest === plan?.digest &&
        VOTERS.has(voter) &&
        voter !== body?.requester,
    );
    const needed = body?.asking?.demand.votes ?? 1;
    const voters = new Set(counting.map(({ voter }) => voter));
    return [
      ...(voters.size < Math.max(needed, 1)
        ? [`I8: run ${id} applied with ${voters.size} of ${needed} votes for its plan`]
        : []),
      ...(cast.some(({ decision }) => decision === "reject")
        ? [`I8: run ${id} applied what somebody rejected`]
        : []),
      ...(plan?.consumed_by === id ? [] : [`I8: run ${id} applied a plan that is not its own`]),
    ];
  });
}

/** I9: no secret in a message, a log, an event or any text of the database. */
function leaked({ leaks }: Facts): string[] {
  return leaks.map((leak) => `I9: ${leak}`);
}

/** I10: the audit is as it was written. */
function forged({ audit: { broken } }: Facts): string[] {
  return broken === null ? [] : [`I10: audit row ${broken.seq} is ${broken.why}`];
}
