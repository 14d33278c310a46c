import type { Deployments, Filter, Guard, Page, Step } from "#deployments/ports.ts";
import type { Deployment } from "#deployments/deployment.ts";
import type { Claim } from "#deployments/run.ts";
import { neighbourOf, type Neighbour } from "#deployments/neighbour.ts";
import type { ChangeId } from "#deployments/ids.ts";
import type { Viewer } from "#deployments/viewer.ts";
import { isRefusal, refusal, type Refusal } from "#text/refusal.ts";
import type { Database } from "./database.ts";
import { announceRows } from "./announcements.ts";
import { auditRows, auditOf } from "./audit.ts";
import type { Keys } from "./keys.ts";
import { openRows, type Rows } from "./deployment-rows.ts";
import { isDone, markDone } from "./done-requests.ts";
import { writeDrift } from "./drift-checks.ts";
import { tooLate } from "./interventions.ts";
import { dropRun, withdrawRuns, writeRuns } from "./runs.ts";
import { isTaken, storable, type Transaction } from "./transaction.ts";
import { votesOf, writeVotes } from "./votes.ts";

/** Called after each commit, so that nobody has to wait for the next poll. */
export type Committed = (step: Step) => void;

/** The record of deployments: every step is one transaction, compare-and-set on `revision`. */
export function createDeployments(made: Omit<Store, "rows">): Deployments {
  const { db } = made;
  const store = { ...made, rows: openRows(made.keys) };
  return {
    create: (step, requestKey) => create(store, step, requestKey),
    load: async (id) => store.rows.readDeployment(await withChanges(db).where("d.id", id).first()),
    seen: (viewer, idOrName) => seen(store, viewer, idOrName),
    neighbours: (viewer) => neighbours(store, viewer),
    list: (viewer, filter, page) => list(store, viewer, { ...filter, ...page }),
    change: (id, guard, decide) => change(store, { id, guard, decide }),
    waiting: async () =>
      (await withChanges(db).where("o.state", "awaiting_approval").orderBy("o.opened_at"))
        .map((row: unknown) => store.rows.readDeployment(row))
        .filter((one: Deployment | null) => one !== null),
    loadChange: (id) => loadChange(store, id),
    auditOf: (id) => auditOf(db, id),
  };
}

type Store = {
  readonly db: Database;
  readonly keys: Keys;
  readonly committed: Committed;
  readonly rows: Rows;
};

async function create(
  store: Store,
  step: Step,
  requestKey: string | null,
): Promise<Deployment | Refusal> {
  const { db, committed, rows } = store;
  try {
    const made = await db.transaction(async (tx) => {
      const inserted = await tx("deployments")
        .insert({ ...rows.deployment(step.deployment), request_key: requestKey })
        .onConflict("request_key")
        .ignore()
        .returning("id");
      if (inserted.length === 1) {
        await writeStep(store, tx, step);
      }
      return inserted.length === 1;
    });
    if (made) {
      committed(step);
      return step.deployment;
    }
  } catch (error) {
    if (isTaken(error, "deployments_name_taken")) {
      return refusal("name-taken", { name: step.deployment.name });
    }
    throw error;
  }
  const before = await withChanges(db).where("d.request_key", requestKey).first();
  return rows.readDeployment(before) ?? refusal("name-taken", { name: step.deployment.name });
}

type Decision = {
  readonly id: string;
  readonly guard: Guard;
  readonly decide: (now: Deployment) => Step | Refusal;
};

async function change(
  store: Store,
  { id, guard, decide }: Decision,
): Promise<Deployment | Refusal | null> {
  const { db, committed, rows } = store;
  let written: Step | null = null;
  const answer = await nameTakenAsRefusal(
    { db, id },
    db.transaction(async (tx) => {
      await tx("deployments").where({ id }).forUpdate().select("id");
      if (guard !== null && "claim" in guard && !(await holds(tx, guard.claim))) {
        return null;
      }
      const now = rows.readDeployment(await withChanges(tx).where("d.id", id).first());
      if (now !== null && (await isDone(tx, id, guard))) {
        return now;
      }
      const decided = now === null ? notFound(id) : decide(now);
      if (isRefusal(decided)) {
        return decided;
      }
      const late = await tooLate(tx, decided);
      if (late !== null) {
        return late;
      }
      await updateDeployment(store, tx, decided);
      await writeStep(store, tx, decided);
      await markDone(tx, id, guard);
      written = decided;
      return decided.deployment;
    }),
  );
  if (written !== null) {
    committed(written);
  }
  return answer;
}

/** Making a destroyed deployment again may find its name taken by another by now. */
async function nameTakenAsRefusal<T>(
  { db, id }: { readonly db: Database; readonly id: string },
  work: Promise<T>,
): Promise<T | Refusal> {
  try {
    return await work;
  } catch (error) {
    if (isTaken(error, "deployments_name_taken")) {
      const { name } = await db("deployments").where({ id }).first("name");
      return refusal("name-taken", { name: String(name) });
    }
    throw error;
  }
}

async function holds(tx: Transaction, claim: Claim): Promise<boolean> {
  const row = await tx("runs")
    .where({ id: claim.run, fence: claim.fence })
    .whereIn("status", ["claimed", "running"])
    .forUpdate()
    .first("id");
  return row !== undefined;
}

async function updateDeployment(
  { rows }: Store,
  tx: Transaction,
  { deployment }: Step,
): Promise<void> {
  const changed = await tx("deployments")
    .where({ id: deployment.id, revision: deployment.revision - 1 })
    .update(rows.deployment(deployment));
  if (changed !== 1) {
    throw new Error(`Writing ${deployment.id}: a step must raise the revision it has read by one`);
  }
}

/** The ended change goes first: only then may another one be open. */
async function writeStep({ rows, keys }: Store, tx: Transaction, step: Step): Promise<void> {
  const { lastChange, change: open } = step.deployment;
  for (const row of [lastChange, open]) {
    if (row !== null) {
      await tx("changes").insert(rows.change(step.deployment.id, row)).onConflict("id").merge();
      await writeVotes(tx, step.deployment.id, row);
    }
  }
  await dropRun(tx, step.dropRun);
  await withdrawRuns(tx, step.withdrawRuns);
  await writeRuns(tx, step.runs);
  await writeDrift(tx, step.drift);
  await auditRows(tx, keys, step.audit);
  await announceRows(tx, step.announce);
}

async function seen(
  { db, rows }: Store,
  viewer: Viewer,
  idOrName: string,
): Promise<Deployment | null> {
  // As text that a query takes: strangers ask for `%00`, too.
  const wanted = storable(idOrName);
  const row = await withChanges(db)
    .modify(visibleTo, viewer)
    .where((either) => either.where("d.id", wanted).orWhere("d.name", wanted))
    // A live one before a destroyed one of the same name, then the newest.
    .orderByRaw("(d.standing->>'is' = 'destroyed'), d.created_at desc")
    .first();
  return rows.readDeployment(row);
}

/** Two reads: what there is, and which of it this person may see. */
async function neighbours({ db, rows }: Store, viewer: Viewer): Promise<readonly Neighbour[]> {
  const there = withChanges(db).where((either) => {
    void either.whereRaw(STANDS).orWhereNotNull("d.open_change").orWhere("d.status", "created");
  });
  const [found, own] = await Promise.all([
    there.clone(),
    there.clone().modify(visibleTo, viewer).clearSelect().select("d.id"),
  ]);
  const visible = new Set(own.map(({ id }: { id: string }) => id));
  return found.flatMap((row: unknown) => {
    const one = rows.readDeployment(row);
    return one === null ? [] : [neighbourOf(one, visible.has(one.id))];
  });
}

const STANDS = "d.standing->>'is' in ('live', 'partial', 'uncertain')";

async function list(
  { db, rows }: Store,
  viewer: Viewer,
  wanted: Filter & Page,
): Promise<{ items: Deployment[]; next: string | null }> {
  const query = withChanges(db)
    .modify(visibleTo, viewer)
    .orderBy([
      { column: "d.created_at", order: "desc" },
      { column: "d.id", order: "desc" },
    ])
    .limit(wanted.limit + 1);
  for (const column of ["status", "module", "requester", "name", "environment"] as const) {
    const value = wanted[column];
    if (value !== undefined) {
      void query.where(`d.${column}`, storable(value));
    }
  }
  if (wanted.after !== null) {
    const [at, id] = placeIn(wanted.after);
    void query.whereRaw("(d.created_at, d.id) < (?::timestamptz, ?)", [at, id]);
  }
  const found = await query;
  const items = found
    .slice(0, wanted.limit)
    .map((row: unknown) => rows.readDeployment(row))
    .filter((item: Deployment | null) => item !== null);
  return { items, next: found.length > wanted.limit ? cursorOf(items.at(-1)) : null };
}

/** Where a page ends, by itself: looking an id up would tell strangers whether it is there. */
function cursorOf(last: Deployment | undefined): string | null {
  return last === undefined ? null : `${last.createdAt.getTime()}-${last.id}`;
}

/** A cursor that is none of ours ends the list. */
function placeIn(cursor: string): readonly [Date, string] {
  const [, ms = "0", id = ""] = /^(\d{1,15})-(dep-[a-z2-7]{10})$/.exec(cursor) ?? [];
  return [new Date(Number(ms)), id];
}

/** Ids of all deployments that this person may see at this moment, as a subquery. */
export function visibleIds(db: Database, viewer: Viewer) {
  return withChanges(db).modify(visibleTo, viewer).clearSelect().select("d.id");
}

/** Who sees what, as the architecture page says: own, own teams', admins all, the asked what waits for them. */
function visibleTo(query: ReturnType<typeof withChanges>, viewer: Viewer): void {
  if (viewer.roles.includes("admin")) {
    return;
  }
  void query.where((either) => {
    void either.where("d.requester", viewer.person).orWhereIn("d.team", [...viewer.teams]);
    if (viewer.groups.length > 0) {
      void either.orWhereRaw("o.asked_groups && ?::text[]", [[...viewer.groups]]);
    }
  });
}

function withChanges(db: Database | Transaction) {
  return db("deployments as d")
    .leftJoin("changes as o", "o.id", "d.open_change")
    .leftJoin("changes as l", "l.id", "d.last_change")
    .select("d.*", "o.body as open_body", "l.body as last_body")
    .select(db.raw(`${votesOf("o.id")} as open_votes, ${votesOf("l.id")} as last_votes`));
}

async function loadChange(
  { db, rows }: Store,
  id: ChangeId,
): ReturnType<Deployments["loadChange"]> {
  const votes = db.raw(`${votesOf("changes.id")} as votes`);
  const row = await db("changes").where({ id }).first("deployment_id", "body", votes);
  if (row === undefined) {
    return null;
  }
  const deployment = rows.readDeployment(
    await withChanges(db).where("d.id", row.deployment_id).first(),
  );
  return deployment === null ? null : { deployment, change: rows.readChange(row) };
}

function notFound(id: string): Refusal {
  return refusal("not-found", { id });
}
