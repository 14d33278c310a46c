import { z } from "zod";
import type { Database } from "./database.ts";

/** How long a worker is believed alive after it was last heard of. */
export const LEASE = "30 seconds";

// Who has something queued, and when each was last served. One step of an index per person, so
// that a long line of few people costs no more than a short one.
const ASKING = `
  asking as (
    (select requester from runs where status = 'queued' order by requester limit 1)
    union all
    select (select r.requester from runs r
             where r.status = 'queued' and r.requester > asking.requester
             order by r.requester limit 1)
      from asking where asking.requester is not null),
  served as materialized (
    select requester,
           (select max(s.started_at) from runs s where s.requester = asking.requester) as served_at
      from asking where requester is not null)`;

/** Applies before plans; then one run of each person in turn, who waited longest for one first. */
const ORDER = "later, turn, served_at nulls first, queued_at, id";

// The people whose turn is next and the first runs of each: more than the workers that may reach
// for them in the same moment, and few enough that ten thousand in the line cost nothing.
const PEOPLE = 32;
const RUNS_EACH = 16;

// A plan is applied by its own product, version and isolation only. For so long it waits for a worker
// that has them; then any other may say that none came. Older plans name no product and no isolation.
const FITTING_WAIT = "2 minutes";
const MISFIT = `
  r.kind = 'apply' and r.queued_at > now() - interval '${FITTING_WAIT}'
     and exists (select 1 from plans p cross join me where p.change_id = r.change_id
       and (me.product, me.version, me.isolation) <>
           (coalesce(p.facts #>> '{terraform,product}', 'terraform'),
            p.facts #>> '{terraform,version}',
            coalesce(p.facts #>> '{terraform,isolation}', 'none')))`;

/** The first runs of one person that may start now. */
const startable = (count: number) => `
  select r.id, r.kind <> 'apply' as later, r.queued_at from runs r
   where r.status = 'queued' and r.requester = served.requester
     and not exists (select 1 from runs a where a.deployment_id = r.deployment_id
                        and a.status in ('claimed', 'running'))
     and (${MISFIT}) is not true
   order by r.kind <> 'apply', r.queued_at, r.id limit ${count}`;

/** Takes the run whose turn it is; binds the worker's id and what makes its plans. Two workers never wait for each other. */
export const CLAIM = `
  with recursive me as (
    select cast(:product as text) as product, cast(:version as text) as version,
           cast(:isolation as text) as isolation), ${ASKING},
  front as materialized (
    select served.* from served cross join lateral (${startable(1)}) first
     order by first.later, served.served_at nulls first, first.queued_at, first.id
     limit ${PEOPLE}),
  heads as (
    select h.*, served.served_at,
           row_number() over (partition by served.requester, h.later
                                  order by h.queued_at, h.id) as turn
      from front served cross join lateral (${startable(RUNS_EACH)}) h),
  next as (
    select runs.id from heads join runs on runs.id = heads.id
     where runs.status = 'queued'
     order by heads.later, heads.turn, heads.served_at nulls first, heads.queued_at, heads.id
     limit 1 for update of runs skip locked)
  update runs set status = 'claimed', fence = fence + 1, attempts = attempts + 1, worker = :worker,
                  lease_until = now() + interval '${LEASE}', ahead = null, told_at = null,
                  started_at = coalesce(started_at, now())
   where id in (select id from next) and status = 'queued'
  returning *`;

/**
 * Counts who is before whom and announces the cards of those that moved. Which process counts does
 * not matter: one at a time does, and a card is told of at most once in 3 s. Answers how many moved.
 */
export async function tellLine(db: Database): Promise<number> {
  const { rows } = await db.raw(TELL);
  return z.tuple([z.object({ moved: z.number() })]).parse(rows)[0].moved;
}

// The others are told next time: a line that long must not fill the outbox.
const TOLD_AT_ONCE = 200;

// From ten on only full tens are told: a step of a long line must not edit all its cards.
const TELL = `
  with recursive ${ASKING},
  waiting as (
    select r.id, r.kind <> 'apply' as later, r.queued_at, served.served_at,
           row_number() over (partition by r.requester, r.kind <> 'apply'
                                  order by r.queued_at, r.id) as turn
      from runs r join served using (requester) where r.status = 'queued'),
  line as (
    select id, (row_number() over (order by ${ORDER}) - 1)::integer as place from waiting),
  told as (
    select id, case when place < 10 then place else place / 10 * 10 end as ahead from line),
  moved as (
    select runs.id, told.ahead from told join runs on runs.id = told.id
     where runs.status = 'queued' and runs.ahead is distinct from told.ahead
       and (runs.told_at is null or runs.told_at <= now() - interval '3 seconds')
       and (select pg_try_advisory_xact_lock(hashtext('runs.line')))
     order by told.ahead limit ${TOLD_AT_ONCE}
       for update of runs skip locked),
  written as (
    update runs set ahead = moved.ahead, told_at = now()
      from moved where runs.id = moved.id
    returning runs.deployment_id, runs.change_id),
  announced as (
    insert into announcements (deployment_id, change_id, card)
    select deployment_id, change_id, 'progress' from written where change_id is not null)
  select count(*) as moved from written`;
