import type { ChangeId, DeploymentId } from "#deployments/ids.ts";
import type { ChangeAnnouncement, DriftAnnouncement } from "#deployments/announcement.ts";
import type { Hasher } from "#deployments/hashing.ts";
import type { Deployments, DriftChecks, Runs } from "#deployments/ports.ts";
import type { Run } from "#deployments/run.ts";
import type { Log } from "#telemetry/log.ts";
import { announceDrift } from "./drift-announcer.ts";
import { drawChange, type ChangeView } from "./change-cards.ts";
import { startLoop, type Loop } from "./loop.ts";
import { settingFor, settingOf, type SettingSource } from "./people.ts";
import type { NewestCard, Outbox } from "./ports.ts";
import { asContent } from "./reply.ts";
import { revisionsOf } from "./revisions.ts";

const POLL_MS = 500;
const AT_ONCE = 100;
const STEPS_WITHIN = 300;

export type AnnouncerParts = SettingSource & {
  readonly outbox: Pick<Outbox, "announcements" | "newest" | "revise">;
  readonly deployments: Pick<Deployments, "load" | "loadChange">;
  readonly driftChecks: Pick<DriftChecks, "load">;
  readonly runs: Pick<Runs, "ofDeployment" | "events">;
  readonly hasher: Hasher;
  readonly clock: () => Date;
  readonly log: Log;
  /** Called when new messages wait, so that the senders need not poll for them. */
  readonly onAnnounced: () => void;
};

/**
 * Turns what the heart announced into cards in every place of the deployment. Several
 * announcements of one change become one look at it: cards show what is, not what was said.
 */
export function startAnnouncer(parts: AnnouncerParts): Loop {
  return startLoop({
    name: "announcer",
    step: () => announceDue(parts),
    everyMs: POLL_MS,
    log: parts.log,
  });
}

/** Renders everything that is announced now; false: there was nothing. */
export async function announceDue(parts: AnnouncerParts): Promise<boolean> {
  const open = await parts.outbox.announcements(AT_ONCE);
  const ofChanges = open.flatMap(({ id, announcement }) =>
    announcement.card === "drift" ? [] : [{ id, announcement }],
  );
  for (const rows of Map.groupBy(ofChanges, (row) => row.announcement.change).values()) {
    await announceChange(parts, rows);
  }
  const ofDrift = open.flatMap(({ id, announcement }) =>
    announcement.card === "drift" ? [{ id, announcement }] : [],
  );
  for (const rows of Map.groupBy(ofDrift, (row) => row.announcement.run).values()) {
    await announceCheck(parts, rows);
  }
  return open.length > 0;
}

async function announceCheck(
  parts: AnnouncerParts,
  rows: readonly { readonly id: string; readonly announcement: DriftAnnouncement }[],
): Promise<void> {
  const [first] = rows;
  if (first !== undefined) {
    await announceDrift(
      parts,
      first.announcement,
      rows.map(({ id }) => id),
    );
    parts.onAnnounced();
  }
}

type Row = { readonly id: string; readonly announcement: ChangeAnnouncement };

/**
 * New revisions of the cards asked for, and of those of this change that stand already: its end
 * also decides its approval card and stops its progress. What would look the same is left alone.
 */
async function announceChange(parts: AnnouncerParts, rows: readonly Row[]): Promise<void> {
  const [first] = rows;
  if (first === undefined) {
    return;
  }
  const { change, deployment } = first.announcement;
  // Revisions are read before the state: whoever writes the next one has seen at least this state.
  const newest = await newestOf(parts, change, deployment);
  const view = await look(parts, change);
  if (view === null) {
    parts.log.warn({ change }, "an announced change does not exist; its cards are left out");
  }
  const asked = new Set(rows.map((row) => row.announcement.card));
  const drawn = view === null ? [] : drawChange(view);
  const cards = drawn.filter(({ kind, key }) => asked.has(kind) || newest.has(key));
  const places = view?.deployment.places ?? [];
  const messages = cards.flatMap(({ key, card }) =>
    revisionsOf({ key, content: asContent(card, [{ id: deployment }]) }, places, newest.get(key)),
  );
  const ids = rows.map((row) => row.id);
  // False: another process wrote these revisions meanwhile; the rows stay open for a next look.
  await parts.outbox.revise(messages, ids);
  parts.onAnnounced();
}

async function newestOf(
  { outbox, runs }: AnnouncerParts,
  change: ChangeId,
  deployment: DeploymentId,
): Promise<ReadonlyMap<string, NewestCard>> {
  const own = (await runs.ofDeployment(deployment)).filter((run) => run.change === change);
  const kinds = ["approval", "reminder", "escalation", "report"];
  return outbox.newest([
    ...kinds.map((kind) => `${kind}:${change}`),
    ...own.map(({ id }) => `progress:${id}`),
  ]);
}

async function look(parts: AnnouncerParts, id: ChangeId): Promise<ChangeView | null> {
  const found = await parts.deployments.loadChange(id);
  if (found === null) {
    return null;
  }
  const { deployment, change } = found;
  const own = (await parts.runs.ofDeployment(deployment.id)).filter((run) => run.change === id);
  const runs = await Promise.all(
    own.map(async (run) => ({ run, step: await stepOf(parts.runs, run) })),
  );
  return {
    setting: settingOf(settingFor(parts, deployment.lang), [deployment]),
    deployment,
    change,
    runs,
    policy: parts.policy.current(),
    now: parts.clock(),
    hasher: parts.hasher,
  };
}

/** The step under way; all steps stand at the start of a run's events, before its resources. */
async function stepOf(runs: AnnouncerParts["runs"], run: Run): Promise<string | null> {
  if (run.status !== "running" && run.status !== "claimed") {
    return null;
  }
  const events = await runs.events(run.id, 0, STEPS_WITHIN);
  return events.findLast((event) => event.type === "step")?.message ?? null;
}
