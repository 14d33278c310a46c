import { z } from "zod";
import type { Database } from "./database.ts";

const Rows = z.array(z.object({ commit: z.string() }));

/** Commits of modules that something which exists was last applied with. */
export async function pinnedCommits(db: Database): Promise<ReadonlySet<string>> {
  const rows: unknown = await db("deployments")
    .whereNotNull("module_pin")
    .distinct(db.raw("module_pin ->> 'commit' as commit"));
  return new Set(Rows.parse(rows).map(({ commit }) => commit));
}
