import type { Database } from "#persistence/database.ts";

/** Every step of every run from now on, in the order in which the database took it. */
export async function recordRuns(db: Database): Promise<void> {
  await db.raw(RECORD);
}

/** What must not be found in any history of runs; each answers the rows that break its rule. */
const BROKEN = {
  "two runs of one deployment are active at once": `
    select h.run from run_history h
      join lateral (
        select distinct on (o.run) o.run, o.status from run_history o
         where o.deployment = h.deployment and o.run <> h.run and o.seq < h.seq
         order by o.run, o.seq desc) other on other.status in ('claimed', 'running')
     where h.status = 'claimed'`,
  "two runs of one deployment executed at once": `
    with spans as (
      select r.deployment_id, r.id, tstzrange(min(e.at), max(e.at)) as span
        from run_events e join runs r on r.id = e.run_id group by r.id)
    select a.id from spans a join spans b
        on a.deployment_id = b.deployment_id and a.id < b.id and a.span && b.span`,
  "a fence falls": `
    select run from (
      select run, fence, lag(fence) over (partition by run order by seq) as before
        from run_history) steps
     where fence < before`,
  "a fence has two workers": `
    select run from run_history where worker is not null
     group by run, fence having count(distinct worker) > 1`,
  "an apply is started twice": `
    select deployment_id from audit where action = 'apply-started'
     group by deployment_id having count(*) > 1`,
  "a resource is applied twice": `
    select r.deployment_id, e.address from run_events e join runs r on r.id = e.run_id
     where r.kind = 'apply' and e.type = 'apply_start'
     group by r.deployment_id, e.address having count(*) > 1`,
} as const;

/** The names of the rules that the history breaks. */
export async function brokenRules(db: Database): Promise<string[]> {
  const broken: string[] = [];
  for (const [rule, sql] of Object.entries(BROKEN)) {
    const { rows } = await db.raw(sql);
    broken.push(...(rows.length > 0 ? [`${rule}: ${JSON.stringify(rows[0])}`] : []));
  }
  return broken;
}

const RECORD = `
  create table run_history (
    seq bigserial primary key,
    deployment text not null,
    run text not null,
    status text not null,
    fence integer not null,
    worker text
  );
  create function record_run() returns trigger language plpgsql as $$
  begin
    insert into run_history (deployment, run, status, fence, worker)
      values (new.deployment_id, new.id, new.status, new.fence, new.worker);
    return new;
  end $$;
  create trigger record_run after insert or update of status, fence, worker on runs
    for each row execute function record_run()`;
