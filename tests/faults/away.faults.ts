import { existsSync, writeFileSync } from "node:fs";
import { mkdtempDisposable } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { openRedis } from "#tests/support/redis.ts";
import { found } from "#tests/support/found.ts";
import { brokenInvariants } from "./invariants.ts";
import { slowBuckets } from "./support/cloud-knobs.ts";
import { eventually } from "./support/eventually.ts";
import { quietFacts } from "./support/facts.ts";
import * as person from "./support/person.ts";
import { applyFolders, lines } from "./support/processes.ts";
import { openProxy, type Proxy } from "./support/proxy.ts";
import { isEmbedded } from "./support/stage-database.ts";
import { openStage, type Stage } from "./support/stage.ts";

const WISH = { name: "away", module: "aws_buckets", vars: {} };
const NOTES = person.notes("notes");

/** The product with its database behind a proxy that can be cut. */
async function openBehindProxy(terraform?: string): Promise<{ stage: Stage; proxy: Proxy }> {
  const direct = new URL(process.env["TEST_DATABASE_URL"] ?? "");
  const proxy = await openProxy({ host: direct.hostname, port: Number(direct.port) });
  const stage = await openStage({
    env: terraform === undefined ? {} : { TERRAFORM_BIN: terraform },
    through: proxy,
  });
  await stage.start();
  return { stage, proxy };
}

async function applying(stage: Stage): Promise<void> {
  slowBuckets(stage, 400);
  await person.putToVote(stage, WISH);
  await person.approve(stage, WISH.name);
  await lines(stage, "apply_complete", 3);
}

/** Asks through a product whose database was away a moment ago. */
function patiently<T>(ask: () => Promise<T>): Promise<T> {
  return eventually<T | null>(
    () => ask().catch(() => null),
    (answer) => answer !== null,
  ).then((answer) => {
    if (answer === null) {
      throw new Error("It did not answer again.");
    }
    return answer;
  });
}

test.skipIf(isEmbedded())(
  "F12: PostgreSQL away in the middle of an apply: its state is sent again, and it ends applied",
  async () => {
    const { stage, proxy } = await openBehindProxy();
    await using _stage = stage;
    await using _proxy = proxy;
    await applying(stage);

    proxy.cut();
    await sleep(30_000);
    proxy.mend();

    const end = await patiently(() => person.settled(stage, WISH.name));
    const facts = await quietFacts(stage);
    expect([end.status, end.standing, facts.state.length]).toEqual(["applied", "live", 12]);
    expect(brokenInvariants(facts)).toEqual([]);
  },
);

test.skipIf(isEmbedded())(
  "F13: the database away for good while an apply ends: its state is found and kept",
  async () => {
    // Terraform gives up after 120 tries; this one after the first.
    await using folder = await mkdtempDisposable(join(tmpdir(), "mcp-impatient-"));
    const impatient = join(folder.path, "terraform");
    const real = found.terraform ?? "terraform";
    writeFileSync(impatient, `#!/bin/sh\nTF_HTTP_RETRY_MAX=0 exec ${real} "$@"\n`, { mode: 0o755 });
    const { stage, proxy } = await openBehindProxy(impatient);
    await using _stage = stage;
    await using _proxy = proxy;
    await applying(stage);

    proxy.cut();
    await eventually(
      () => applyFolders(stage.dataDir).map((folder) => existsSync(join(folder, "apply.status"))),
      (ended) => ended.length === 1 && ended.every((each) => each),
    );
    proxy.mend();

    const end = await patiently(() => person.settled(stage, WISH.name));
    const facts = await quietFacts(stage);
    expect(["failed", "interrupted"]).toContain(end.status);
    expect(facts.state).toHaveLength(facts.cloud.length);
    expect(brokenInvariants(facts)).toEqual([]);
  },
);

test.skipIf(found.redis === null || isEmbedded())(
  "F10, F11: Redis emptied after the vote, and away at the vote: it is answered, and the poll finds the run",
  async () => {
    await using redis = await openRedis(found.redis ?? "");
    await redis.start();
    await using stage = await openStage({ env: { REDIS_URL: redis.url.reveal() } });
    await stage.start();
    await person.putToVote(stage, NOTES);
    await person.putToVote(stage, { ...NOTES, name: "more" });

    await person.approve(stage, NOTES.name);
    await redis.ask("FLUSHALL");
    const flushed = await person.settled(stage, NOTES.name);
    await redis.stop();
    await person.approve(stage, "more");
    const without = await person.settled(stage, "more");

    const facts = await quietFacts(stage);
    expect([flushed.status, without.status]).toEqual(["applied", "applied"]);
    expect(brokenInvariants(facts)).toEqual([]);
  },
);
