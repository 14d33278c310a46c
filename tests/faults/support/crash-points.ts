import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { brokenInvariants } from "#tests/faults/invariants.ts";
import { eventually } from "./eventually.ts";
import { quietFacts } from "./facts.ts";
import { openStage, ProgramEnded, type Stage, type Staging } from "./stage.ts";
import type { Walk } from "./walk.ts";

const PRELOAD = pathToFileURL(join(import.meta.dirname, "crash-preload.ts")).href;

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
  /** From now on it counts anew, and dies at the point, or at the first that fits `~expression`. */
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

  return {
    stage,
    async points(walk) {
      await walk.stand(stage);
      await counting.arm(null);
      await walk.go(stage);
      await quietFacts(stage);
      return counting.points();
    },
    arm: (point) => counting.arm(point),
    async dieAt(walk, point) {
      await walk.stand(stage);
      await counting.arm(point);
      await walk.go(stage);
      const reached = counting.reached(point);
      return { reached, broken: [...(await broken()), ...(await walk.broken(stage))] };
    },
    async dieAtStart(point) {
      counting.next(point);
      await startOrDie(stage);
      const points = counting.points();
      if (!stage.isUp()) {
        await stage.start();
      }
      const reached = point !== null && counting.reached(point);
      return { reached, broken: await broken(), points };
    },
    async [Symbol.asyncDispose]() {
      await stage[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function openCounting(stage: Stage, folder: string) {
  const at = join(folder, "at");

  function points(): string[] {
    const log = join(folder, "points");
    const text = existsSync(log) ? readFileSync(log, "utf8") : "";
    return text.split("\n").filter((line) => line !== "");
  }

  return {
    points,
    reached(point: string): boolean {
      const wanted = point.startsWith("~") ? new RegExp(point.slice(1)) : null;
      return points().some((each) => each === point || wanted?.test(each) === true);
    },
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
