import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { brokenInvariants } from "#tests/faults/invariants.ts";
import { eventually } from "./eventually.ts";
import { quietFacts } from "./facts.ts";
import { bring, type Goal } from "./patience.ts";
import * as person from "./person.ts";
import type { Wish } from "./person.ts";
import { openStage, ProgramEnded, type Stage, type Staging } from "./stage.ts";

const PRELOAD = pathToFileURL(join(import.meta.dirname, "crash-preload.ts")).href;

/** What people want of one deployment; a death may come at any moment on the way. */
export type Walk = {
  readonly wish: Wish;
  /** How it stands before the walk; a deployment that nobody asked for yet without it. */
  readonly from?: Goal;
  readonly goal: Goal;
};

export type Died = {
  /** False: this time the walk did not come by the point. */
  readonly reached: boolean;
  readonly broken: readonly string[];
};

/** The program with every crash point counted; one walk after the other, each with its death. */
export type Gauntlet = AsyncDisposable & {
  readonly stage: Stage;
  /** The points that a walk without a death comes by. */
  points(walk: Walk): Promise<string[]>;
  /** From now on it counts anew, and dies at the point. */
  arm(point: string): Promise<void>;
  /** Walks, dies once at the point, goes on to the goal, and looks at the invariants. */
  dieAt(walk: Walk, point: string): Promise<Died>;
  /** Starts, dies once at the point, and starts again. */
  dieAtStart(point: string | null): Promise<Died & { readonly points: readonly string[] }>;
};

export async function openGauntlet(staging: Staging = {}): Promise<Gauntlet> {
  const folder = mkdtempSync(join(tmpdir(), "mcp-points-"));
  const stage = await openStage({
    ...staging,
    node: ["--import", PRELOAD],
    env: { ...staging.env, CRASH_POINTS: folder },
  });
  const counting = openCounting(stage, folder);
  const known = new Set<string>();

  async function broken(): Promise<string[]> {
    const now = brokenInvariants(await quietFacts(stage));
    // What an earlier death broke stays broken; this one is not to be blamed for it.
    const fresh = now.filter((one) => !known.has(one));
    fresh.forEach((one) => known.add(one));
    return fresh;
  }

  /** Brings it to where the walk begins, with everything said that there is to say. */
  async function stand({ wish, from }: Walk): Promise<void> {
    if (from !== undefined) {
      await bring(stage, wish, from);
      await quietFacts(stage);
    }
  }

  return {
    stage,
    async points(walk) {
      const { wish, goal } = walk;
      await stand(walk);
      await counting.arm(null);
      await bring(stage, wish, goal);
      await quietFacts(stage);
      return counting.points();
    },
    arm: (point) => counting.arm(point),
    async dieAt(walk, point) {
      const { wish, goal } = walk;
      await stand(walk);
      await counting.arm(point);
      await bring(stage, wish, goal);
      const reached = counting.points().includes(point);
      const unclean = goal === "applied" ? await uncleanAfterRecovery(stage, wish.name) : [];
      return { reached, broken: [...(await broken()), ...unclean] };
    },
    async dieAtStart(point) {
      counting.next(point);
      await startOrDie(stage);
      const points = counting.points();
      if (!stage.isUp()) {
        await stage.start();
      }
      return { reached: point !== null && points.includes(point), broken: await broken(), points };
    },
    async [Symbol.asyncDispose]() {
      await stage[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** I2: the plan after a recovery that people approved finds nothing to do. */
async function uncleanAfterRecovery(stage: Stage, name: string): Promise<string[]> {
  const { id } = await person.seen(stage, name);
  const { changes } = await quietFacts(stage);
  const own = changes.filter((change) => change.deployment_id === id);
  if (!own.some(({ body }) => body.outcome === "interrupted")) {
    return [];
  }
  await person.plan(stage, name);
  const { status, lastChange } = await person.settled(stage, name);
  return lastChange?.outcome === "unchanged"
    ? []
    : [`I2: the plan after the recovery of ${name} is not empty: ${status}`];
}

function openCounting(stage: Stage, folder: string) {
  const at = join(folder, "at");
  return {
    next: (point: string | null): void => writeFileSync(at, point ?? ""),
    /** The process that runs begins to count anew. */
    async arm(point: string | null): Promise<void> {
      writeFileSync(at, point ?? "");
      if (stage.isUp()) {
        stage.child().kill("SIGUSR2");
      } else {
        await stage.start();
      }
      await eventually(
        () => existsSync(at),
        (waits) => !waits,
      );
    },
    points(): string[] {
      const log = join(folder, "points");
      const text = existsSync(log) ? readFileSync(log, "utf8") : "";
      return text.split("\n").filter((line) => line !== "");
    },
  };
}

async function startOrDie(stage: Stage): Promise<void> {
  try {
    await stage.start();
  } catch (error) {
    if (!(error instanceof ProgramEnded)) {
      throw error;
    }
  }
}
