import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { found } from "#tests/support/found.ts";
import { openRedis } from "#tests/support/redis.ts";
import { brokenInvariants } from "./invariants.ts";
import { openGauntlet } from "./support/crash-points.ts";
import { eventually } from "./support/eventually.ts";
import { quietFacts } from "./support/facts.ts";
import { bring } from "./support/patience.ts";
import * as person from "./support/person.ts";
import { lines } from "./support/processes.ts";
import { slowBuckets } from "./support/cloud-knobs.ts";
import { isEmbedded } from "./support/stage-database.ts";
import { openStage, type Stage } from "./support/stage.ts";

const DEPLOYMENTS = 12;

test.skipIf(isEmbedded() || found.redis === null)(
  "three workers, each frozen at random moments: no two runs of a deployment overlap, fences only rise",
  async () => {
    await using redis = await openRedis(found.redis ?? "");
    await redis.start();
    const env = { REDIS_URL: redis.url.reveal() };
    await using first = await openStage({ env });
    await using second = await openStage({ env, beside: first });
    await using third = await openStage({ env, beside: first });
    const stages = [first, second, third];
    for (const stage of stages) {
      await stage.start();
    }
    const names = Array.from({ length: DEPLOYMENTS }, (_each, index) => `history-${index}`);
    await using freezer = openFreezer([second, third]);

    // People talk to the first; it is the one that is never frozen. On a slow machine a plan may lose
    // three workers in a row, and is asked for again.
    const ends = await Promise.all(
      names.map((name) => bring(first, person.notes(name), "applied")),
    );
    const pauses = await freezer.stop();

    const facts = await quietFacts(first, [second, third]);
    const workers = new Set(facts.history.flatMap(({ worker }) => worker ?? []));
    console.log(
      `history: ${facts.history.length} entries of ${facts.runs.length} runs by ${workers.size} workers, ` +
        `frozen ${pauses} times`,
    );
    expect(brokenInvariants(facts)).toEqual([]);
    expect(ends.map(({ status }) => status)).toEqual(names.map(() => "applied"));
    expect(workers.size).toBeGreaterThan(1);
  },
);

test.skipIf(isEmbedded())(
  "F19: a worker frozen past its lease in mid-apply goes on where it was, and no other runs it again",
  async () => {
    const env = { QUEUE: "postgres" };
    await using frozen = await openStage({ env: { ...env, WORKER_CONCURRENCY: "1" } });
    // A second machine: it serves people, and takes runs only once the first is frozen.
    await using other = await openStage({ env, beside: frozen });
    const wish = { name: "frozen", module: "aws_buckets", vars: {} };
    await frozen.start();
    slowBuckets(frozen, 1_500);
    await person.putToVote(frozen, wish);
    await person.approve(frozen, wish.name);
    await lines(frozen, "apply_complete", 3);

    frozen.child().kill("SIGSTOP");
    await other.start();
    // Instead of the two minutes that the lease would take to run out.
    await frozen.database.read((db) =>
      db.raw("update runs set lease_until = now() - interval '2 minutes' where status = 'running'"),
    );
    await sleep(20_000);
    frozen.child().kill("SIGCONT");

    await person.waitFor(other, wish.name, ({ status }) => status === "applied");
    const facts = await quietFacts(other, [frozen]);
    const [apply] = facts.runs.filter(({ kind }) => kind === "apply");
    expect(apply).toMatchObject({ status: "done", attempts: 1 });
    expect(facts.applyStarts.get(apply?.id ?? "")).toBe(1);
    expect(facts.state).toHaveLength(12);
    expect(brokenInvariants({ ...facts, cloud: [] })).toEqual([]);
  },
);

// A pause of seconds then counts as one of a minute.
const AGE_LEASES = `set lock_timeout = '300ms'; update runs set lease_until = now() - interval '1 second'
  where status in ('claimed', 'running')`;

test.skipIf(isEmbedded())(
  "a process frozen in the middle of a transaction holds up no other for longer than 15 s",
  async () => {
    await using first = await openGauntlet({ env: { QUEUE: "postgres", CRASH_BY: "SIGSTOP" } });
    await using other = await openStage({ env: { QUEUE: "postgres" }, beside: first.stage });
    await first.stage.start();
    await other.start();
    // It holds the head of the audit chain then, which every other write of a change needs.
    await first.arm(
      "before commit: insert into audit, insert into deployments, update audit_head(seq hash) #1",
    );
    const hanging = first.stage.post("dev", "/deployments", person.notes("held")).catch(() => null);
    await eventually(
      () => isFrozen(first.stage),
      (frozen) => frozen,
    );

    await person.putToVote(other, person.notes("free"));
    await person.approve(other, "free");
    const end = await person.settled(other, "free");
    first.stage.child().kill("SIGCONT");
    await hanging;

    expect(end.status).toBe("applied");
    expect(brokenInvariants(await quietFacts(other, [first.stage]))).toEqual([]);
  },
);

function isFrozen(stage: Stage): boolean {
  const stat = readFileSync(`/proc/${stage.child().pid}/stat`, "utf8");
  return stat.slice(stat.lastIndexOf(")") + 2).startsWith("T");
}

/** Stops the processes for a while, again and again, as a long garbage collection would. */
function openFreezer(stages: readonly Stage[]) {
  const end = new AbortController();
  const done = Promise.all(stages.map((stage, seed) => freeze(stage, seed, end.signal)));
  async function stop(): Promise<number> {
    end.abort();
    return (await done).reduce((sum, times) => sum + times, 0);
  }
  return {
    stop,
    async [Symbol.asyncDispose]() {
      await stop();
    },
  };
}

async function freeze(stage: Stage, seed: number, end: AbortSignal): Promise<number> {
  let times = 0;
  while (!end.aborted) {
    stage.child().kill("SIGSTOP");
    await stage.database
      .read((db) => db.raw(AGE_LEASES))
      .catch(() => {
        // Frozen in the middle of a transaction, it holds these rows itself.
      });
    await sleep(300 + ((times * 977 + seed * 431) % 2_700));
    stage.child().kill("SIGCONT");
    times += 1;
    await sleep(1_000 + ((times * 613 + seed * 257) % 3_000));
  }
  return times;
}
