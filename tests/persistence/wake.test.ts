import { describe, expect, test } from "vitest";
import { RunId } from "#deployments/ids.ts";
import { openDatabase } from "#persistence/database.ts";
import { openPostgresWake } from "#persistence/wake.ts";
import { SILENT, type Log } from "#telemetry/log.ts";
import { Secret } from "#telemetry/secret.ts";
import { until } from "#tests/support/until.ts";

const url = process.env["TEST_DATABASE_URL"];
const RUN = RunId.parse("run-aaaaaaaaaa");
const LISTENERS = `
  select pid from pg_stat_activity
   where query = 'listen mcp_runs' and datname = current_database()`;

describe.skipIf(url === undefined)("the bell of PostgreSQL", () => {
  const secret = new Secret(url ?? "");

  async function openPool() {
    return openDatabase({ kind: "postgres", url: secret.reveal() });
  }

  function ear(db: Parameters<typeof openPostgresWake>[0]["db"], log: Log = SILENT) {
    const bell = openPostgresWake({ db, url: secret, log });
    const heard: string[] = [];
    bell.onWake((run) => heard.push(run));
    return { bell, heard, [Symbol.asyncDispose]: () => bell[Symbol.asyncDispose]() };
  }

  test("every worker hears a run that one process rings for", async () => {
    await using pool = await openPool();
    await using one = ear(pool.db);
    await using other = ear(pool.db);

    await until("both to hear it", async () => {
      await one.bell.wake(RUN);
      return one.heard.includes(RUN) && other.heard.includes(RUN);
    });

    expect(new Set([...one.heard, ...other.heard])).toEqual(new Set([RUN]));
  });

  test("a broken connection is opened again, and told once", async () => {
    const said: string[] = [];
    const log: Log = { ...SILENT, info: (_f, m) => said.push(m), warn: (_f, m) => said.push(m) };
    await using pool = await openPool();
    await using one = ear(pool.db, log);
    await until("a first bell", async () => {
      await one.bell.wake(RUN);
      return one.heard.length > 0;
    });

    await pool.db.raw(`select pg_terminate_backend(pid) from (${LISTENERS}) as listeners`);
    await until("the loss to be told", () => said.length > 0);
    one.heard.length = 0;
    await until("a bell after it", async () => {
      await one.bell.wake(RUN);
      return one.heard.length > 0;
    });

    expect(said).toHaveLength(2);
  });
});
