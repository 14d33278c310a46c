import type { Database } from "#persistence/database.ts";

export type InLine = { readonly requester: string; readonly kind: "plan" | "apply" };

/**
 * Queues one run of a deployment of its own for each entry, in this order; copies the one
 * deployment with an open change that must be there. Answers the runs' ids.
 */
export async function fillLine(db: Database, entries: readonly InLine[]): Promise<string[]> {
  const json = JSON.stringify(entries);
  const { rows } = await db.raw(FILL, [json]);
  return rows.map(({ id }: { id: string }) => id);
}

// Ids in base 32 of ten characters; the line's order is that of queued_at.
const FILL = `
  with asked as (
    select e->>'requester' as requester, e->>'kind' as kind, n,
           translate(lpad(to_hex(n + (select count(*) from runs)), 10, '0'), '0189', 'wxyz') as tail
      from jsonb_array_elements(?::jsonb) with ordinality as t (e, n)),
  template as (
    select d, c from deployments d join changes c on c.id = d.open_change order by d.created_at limit 1),
  deps as (
    insert into deployments
    select (jsonb_populate_record(d, jsonb_build_object('id', 'dep-' || tail, 'name', 'line-' || tail,
              'open_change', 'chg-' || tail, 'request_key', null))).*
      from template, asked),
  chgs as (
    insert into changes
    select (jsonb_populate_record(c, jsonb_build_object('id', 'chg-' || tail,
              'deployment_id', 'dep-' || tail))).*
      from template, asked)
  insert into runs (id, kind, deployment_id, change_id, requester, queued_at)
  select 'run-' || tail, kind, 'dep-' || tail, 'chg-' || tail, requester, now() + n * interval '1 ms'
    from asked order by n
  returning id`;
