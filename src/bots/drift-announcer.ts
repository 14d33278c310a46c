import type { DriftAnnouncement } from "#deployments/announcement.ts";
import type { Deployments, DriftChecks } from "#deployments/ports.ts";
import type { Log } from "#telemetry/log.ts";
import { driftCard } from "./cards/drift.ts";
import { settingFor, settingOf, type SettingSource } from "./people.ts";
import type { Outbox } from "./ports.ts";
import { asContent } from "./reply.ts";
import { revisionsOf } from "./revisions.ts";

export type DriftAnnouncerParts = SettingSource & {
  readonly outbox: Pick<Outbox, "newest" | "revise">;
  readonly deployments: Pick<Deployments, "load">;
  readonly driftChecks: Pick<DriftChecks, "load">;
  readonly log: Log;
};

/** Brings a drift check's card up to date in the thread it was asked in, in the asker's language. */
export async function announceDrift(
  parts: DriftAnnouncerParts,
  { run, deployment: id }: DriftAnnouncement,
  rows: readonly string[],
): Promise<void> {
  const key = `drift:${run}`;
  // Read before the state: whoever writes the next revision has seen at least this state.
  const newest = (await parts.outbox.newest([key])).get(key);
  const check = await parts.driftChecks.load(run);
  const deployment = await parts.deployments.load(id);
  if (check === null || deployment === null) {
    parts.log.warn({ run }, "an announced drift check does not exist; its card is left out");
    await parts.outbox.revise([], rows);
    return;
  }
  const setting = settingOf(settingFor(parts, check.lang), [deployment]);
  const content = asContent(driftCard({ setting, deployment, check }), [deployment]);
  const places = check.place === null ? deployment.places : [check.place];
  await parts.outbox.revise(revisionsOf({ key, content }, places, newest), rows);
}
