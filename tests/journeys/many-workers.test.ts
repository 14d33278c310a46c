import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { call, messagesOf, offers, type Answer, type Call } from "#commands/console-client.ts";
import { openDatabase, type OpenDatabase } from "#persistence/database.ts";
import { migrateUp } from "#persistence/migrate.ts";
import { found } from "#tests/support/found.ts";
import { openRedis, type Redis } from "#tests/support/redis.ts";
import { brokenRules, recordRuns } from "#tests/support/run-history.ts";
import { openSeveral, type Several, type Worker } from "#tests/support/several.ts";

const url = process.env["TEST_DATABASE_URL"];
/** `MANY=50` is the load test, with a pause longer than a lease; a few show the same quickly. */
const MANY = Number(process.env["MANY"] ?? "6");
const PAUSE_MS = MANY < 20 ? 2_000 : 50_000;
const PATIENCE_MS = MANY < 20 ? 240_000 : 15 * 60_000;
const MINUTES = PATIENCE_MS + 60_000;
const LOOK_MS = 150;
const CARDS = 4;
const UNDER_WAY = ["created", "planning", "planned", "awaiting_approval", "approved", "applying"];

const Statuses = z.array(z.object({ id: z.string(), name: z.string(), status: z.string() }));
const Shown = z.object({ plan: z.object({ digest: z.string() }) });

describe.skipIf(url === undefined || found.redis === null || found.terraform === null)(
  "two processes with doors and three workers on one PostgreSQL and one Redis",
  () => {
    const database = `many_${randomBytes(4).toString("hex")}`;
    const ownUrl = (url ?? "").replace(/\/[^/]*$/, `/${database}`);
    let admin: OpenDatabase;
    let own: OpenDatabase;
    let redis: Redis;
    let several: Several;
    let doors: string[];
    let workers: Worker[];

    beforeAll(async () => {
      admin = await openDatabase({ kind: "postgres", url: url ?? "" });
      await admin.db.raw(`create database ${database}`);
      own = await openDatabase({ kind: "postgres", url: ownUrl });
      await migrateUp(own.db);
      await recordRuns(own.db);
      redis = await openRedis(found.redis ?? "");
      await redis.start();
      several = openSeveral({ DATABASE_URL: ownUrl, REDIS_URL: redis.url.reveal() });
      const [programs, started] = await Promise.all([
        Promise.all([several.doors(), several.doors()]),
        Promise.all([several.worker(), several.worker(), several.worker()]),
      ]);
      doors = programs.map((program) => program.url);
      workers = started;
    }, MINUTES);
    afterAll(async () => {
      await several[Symbol.asyncDispose]();
      await redis[Symbol.asyncDispose]();
      await own[Symbol.asyncDispose]();
      await admin.db.raw(`drop database ${database} with (force)`);
      await admin[Symbol.asyncDispose]();
    }, MINUTES);

    const door = (index: number) => doors[index % doors.length] ?? "";
    const ask = (index: number, post: Omit<Call, "method">): Promise<Answer> =>
      call(door(index), { body: {}, ...post, method: "POST" });

    async function create(index: number): Promise<number> {
      const user = index % 3 === 0 ? "ops" : "dev";
      const body = {
        name: `many-${index}`,
        cloud: "local",
        module: "local_app_env",
        // Long enough to lose its worker on the way.
        vars: { owner: "team-a", delay_seconds: index === 0 ? 10 : 0 },
      };
      const answer = await ask(index, { user, path: "/deployments?plan=true", body });
      return answer.status;
    }

    async function statuses() {
      return Statuses.parse(await own.db("deployments").select("id", "name", "status"));
    }

    /** Asks for approval at one door; the same vote comes in at both in the same moment. */
    async function putToVote(name: string): Promise<number[]> {
      const index = Number(name.split("-")[1]);
      const path = `/deployments/${name}`;
      const asked = await ask(index, { user: "dev", path: `${path}/approve` });
      const { body } = await call(door(index), { user: "ops", method: "GET", path });
      const ballot = { decision: "approve", digest: Shown.parse(body).plan.digest };
      const votes = await Promise.all(
        [0, 1].map((at) => ask(at, { user: "lead", path: `${path}/vote`, body: ballot })),
      );
      return [asked.status, Math.min(...votes.map(({ status }) => status))];
    }

    /** Votes for each that is planned until none is under way; answers what was not taken. */
    async function seeThrough(): Promise<string[]> {
      const voting = new Map<string, Promise<number[]>>();
      await until("all to end", async () => {
        const now = await statuses();
        for (const { name } of now.filter(({ status }) => status === "planned")) {
          voting.set(name, voting.get(name) ?? putToVote(name));
        }
        return now.some(({ status }) => UNDER_WAY.includes(status)) ? null : now;
      });
      const answers = await Promise.all(voting.values());
      return answers.filter(([asked, voted]) => asked !== 200 || voted !== 200).map(String);
    }

    /** Kills the worker in the middle of the slow apply, starts it again, and pauses another. */
    async function loseWorkers(): Promise<Worker> {
      const lost = await until("the slow apply", async () => {
        const { rows } = await own.db.raw(IN_THE_MIDDLE);
        const worker = workers.find(({ id }) => id === rows[0]?.worker) ?? null;
        // Of an apply that dies before its start nothing runs, and it would not end as applied.
        worker?.signal("SIGSTOP");
        const starting = await own.db.raw(STARTING, [worker?.id ?? ""]);
        if (starting.rows.length > 0) {
          worker?.signal("SIGCONT");
          return null;
        }
        return worker;
      });
      await lost.kill();
      await lost.start();
      const paused = workers.find((worker) => worker !== lost);
      paused?.signal("SIGSTOP");
      await sleep(PAUSE_MS);
      paused?.signal("SIGCONT");
      return lost;
    }

    test(
      "apply every deployment once, though a worker dies, one is paused and Redis is emptied",
      async () => {
        const began = performance.now();
        const created = await Promise.all(
          Array.from({ length: MANY }, (_, index) => create(index)),
        );
        await redis.ask("FLUSHALL");
        const [untaken, lost] = await Promise.all([seeThrough(), loseWorkers()]);
        const seconds = (performance.now() - began) / 1000;
        await until("every card to be out", async () =>
          (await own.db.raw(UNTOLD)).rows.length === 0 ? true : null,
        );

        const ends = await statuses();
        expect(new Set(created)).toEqual(new Set([201]));
        expect(untaken).toEqual([]);
        expect(ends.filter(({ status }) => status !== "applied")).toEqual([]);
        expect(ends).toHaveLength(MANY);
        expect(await brokenRules(own.db)).toEqual([]);
        expect((await own.db.raw(APPLIES)).rows).toHaveLength(MANY);
        expect(lost.said()).toContain("an apply is watched again");
        for (const [index, { id }] of ends.entries()) {
          const thread = await messagesOf(door(index), { user: "ops", thread: id });
          // The progress of the plan, the approval, the progress of the apply, the report.
          expect(thread).toHaveLength(CARDS);
          expect(thread.filter((message) => offers(message, "approve"))).toEqual([]);
        }
        console.info(`${MANY} deployments in ${seconds.toFixed(1)} s`);
      },
      MINUTES,
    );
  },
);

/** Throws when nothing is found in time. */
async function until<Found>(what: string, look: () => Promise<Found | null>): Promise<Found> {
  const end = performance.now() + PATIENCE_MS;
  for (let seen = await look(); ; seen = await look()) {
    if (seen !== null) {
      return seen;
    }
    if (performance.now() > end) {
      throw new Error(`Waited ${PATIENCE_MS / 1000} s in vain for ${what}.`);
    }
    await sleep(LOOK_MS);
  }
}

const IN_THE_MIDDLE = `
  select r.worker from runs r join deployments d on d.id = r.deployment_id
   where d.name = 'many-0' and r.kind = 'apply' and r.status = 'running'
     and exists (select 1 from run_events e
                  where e.run_id = r.id and e.address like '%.rollout')`;
const STARTING = `
  select 1 from runs where worker = ? and kind = 'apply' and status = 'claimed'`;
const UNTOLD = `
  select id from announcements where done_at is null
  union all select id from messages where status = 'waiting'`;
const APPLIES = "select 1 from audit where action = 'apply-started'";
