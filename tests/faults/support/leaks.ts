import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Database } from "#persistence/database.ts";
import { filesBelow } from "./files.ts";
import { openSecretFinder, type Secrets } from "./secret-forms.ts";
import { DRAWN, NOTES_PASSWORD, STAGE_KEY, type Stage } from "./stage.ts";

/** Where a secret stands in clear, or in an encoding of it: each as a place and the secret's name. */
export async function leaksOf(db: Database, stages: readonly Stage[]): Promise<string[]> {
  const find = openSecretFinder(await secretsOf(db, stages));
  const found = [
    ...(await inTables(db, find)),
    ...stages.flatMap(({ dataDir }) => inRunFiles(dataDir, find)),
    ...stages.flatMap((stage) => named("stdout or stderr", find(stage.printed()))),
  ];
  return [...new Set(found)];
}

type Find = (text: string) => string[];

async function secretsOf(db: Database, stages: readonly Stage[]): Promise<Secrets> {
  const drawn = new Set(stages.flatMap(({ dataDir }) => drawnBy(dataDir)));
  return new Map([
    ["SECRET_KEY", STAGE_KEY],
    ["a sensitive variable", NOTES_PASSWORD],
    ...(await runTokens(db, drawn)),
    ...stages.flatMap(({ secrets }) => Object.entries(secrets)),
  ]);
}

const Grant = z.object({ run: z.string(), password_sha256: z.instanceof(Uint8Array) });

/** Tokens of runs, told by their hashes; throws for one that nobody noted. */
async function runTokens(db: Database, drawn: ReadonlySet<string>): Promise<[string, string][]> {
  const byHash = new Map([...drawn].map((token) => [sha256(token), token]));
  const grants = z.array(Grant).parse(await db("state_grants").select("run", "password_sha256"));
  return grants.map(({ run, password_sha256: hash }) => {
    const token = byHash.get(Buffer.from(hash).toString("hex"));
    if (token === undefined) {
      throw new Error(`Nobody noted the token of the run ${run}, so it cannot be looked for.`);
    }
    return [`the token of run ${run}`, token];
  });
}

function drawnBy(dataDir: string): string[] {
  const file = join(dataDir, DRAWN);
  return existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
}

const Column = z.object({ table: z.string(), columns: z.array(z.string()) });
const Row = z.record(z.string(), z.unknown());

// Whatever a table holds as text; sealed values are bytes, or text that no key is needed to show.
const COLUMNS = `
  select table_name as table, array_agg(column_name::text) as columns
  from information_schema.columns
  where table_schema = 'public' and data_type in ('text', 'character varying', 'json', 'jsonb', 'ARRAY')
  group by table_name
`;

async function inTables(db: Database, find: Find): Promise<string[]> {
  const { rows } = await db.raw(COLUMNS);
  const found: string[] = [];
  for (const { table, columns } of z.array(Column).parse(rows)) {
    for (const row of z.array(Row).parse(await db(table).select(columns))) {
      for (const [column, value] of Object.entries(row)) {
        found.push(...named(`${table}.${column}`, find(JSON.stringify(value) ?? "")));
      }
    }
  }
  return found;
}

/** Everything a run left beside its work tree. */
function inRunFiles(dataDir: string, find: Find): string[] {
  const folder = join(dataDir, "runs");
  return filesBelow(folder).flatMap((file) =>
    named(
      `the run's ${file.split("/").slice(1).join("/")}`,
      find(readFileSync(join(folder, file), "utf8")),
    ),
  );
}

function named(place: string, secrets: readonly string[]): string[] {
  return secrets.map((secret) => `${secret} stands in ${place}`);
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
