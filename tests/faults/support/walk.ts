import { quietFacts } from "./facts.ts";
import { bring, type Goal } from "./patience.ts";
import * as person from "./person.ts";
import type { Wish } from "./person.ts";
import type { Stage } from "./stage.ts";

/** What people want; a death may come at any moment on the way, and they go on after it. */
export type Walk = {
  /** Brings it to where the walk begins. */
  stand(stage: Stage): Promise<void>;
  /** Does not end before people have what they want. */
  go(stage: Stage): Promise<void>;
  /** What is broken after it beside the invariants. */
  broken(stage: Stage): Promise<string[]>;
};

/** One deployment by the API, from nothing or from an earlier goal to the next. */
export function walkTo(wish: Wish, goal: Goal, from?: Goal): Walk {
  return {
    async stand(stage) {
      if (from !== undefined) {
        await bring(stage, wish, from);
        // With everything said that there is to say.
        await quietFacts(stage);
      }
    },
    async go(stage) {
      await bring(stage, wish, goal);
    },
    broken: async (stage) => (goal === "applied" ? uncleanAfterRecovery(stage, wish.name) : []),
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
