import { afterAll, beforeAll } from "vitest";
import type { Deployment } from "#deployments/deployment.ts";
import { PersonId } from "#deployments/ids.ts";
import { LOCAL_POLICY, Policy, viewerOf } from "#deployments/policy.ts";
import type { Viewer } from "#deployments/viewer.ts";
import type { OpenDatabase } from "#persistence/database.ts";
import { isRefusal, type Refusal } from "#text/refusal.ts";
import type { TestDatabase } from "#tests/support/databases.ts";
import { ballot, done, heart, waiting, type Heart } from "#tests/support/deployments.ts";

export const HOUR_MS = 3_600_000;
const MORNING = new Date("2026-11-23T08:00:00Z");

/** The built-in people and a security group outside their team, with other rules. */
export function ruled(more: object, groups: object = {}): Policy {
  const { people, groups: known } = LOCAL_POLICY;
  return Policy.parse({
    people: { ...people, kai: { name: "Kai", console: "kai", slack: "U-KAI", teams: "T-KAI" } },
    groups: { ...known, security: { members: ["kai"] }, ...groups },
    ...more,
  });
}

/** One database for a describe block, and people who vote in it by the rules of each test. */
export function votingHouse(open: TestDatabase["open"]) {
  let opened: { readonly database: OpenDatabase; readonly house: Heart } | null = null;
  let count = 0;

  beforeAll(async () => {
    const database = await open();
    opened = { database, house: heart(database.db) };
  });
  afterAll(() => opened?.database[Symbol.asyncDispose]());

  function parts() {
    if (opened === null) {
      throw new Error("the database is open only while tests run");
    }
    return { house: opened.house, db: opened.database.db };
  }

  /** A change of `dev` that waits for votes under these rules, on a Monday at eight. */
  async function asking(more: object = {}, groups: object = {}): Promise<Deployment> {
    const { house } = parts();
    count += 1;
    house.world.policy = ruled(more, groups);
    house.world.now = MORNING;
    return waiting(house, `vote-${count}`);
  }

  function who(name: string): Viewer {
    const viewer = viewerOf(parts().house.world.policy, PersonId.parse(name));
    if (viewer === null) {
      throw new Error(`${name} is not in the policy`);
    }
    return viewer;
  }

  function vote(name: string, on: Deployment, more: object = {}) {
    return parts().house.service.vote(who(name), on.id, ballot(on, more));
  }

  async function now(on: Deployment): Promise<Deployment> {
    return done(await parts().house.deployments.load(on.id));
  }

  function hoursLater(hours: number): void {
    parts().house.world.now = new Date(MORNING.getTime() + hours * HOUR_MS);
  }

  return { parts, asking, who, vote, now, hoursLater };
}

export function paramsOf(answer: Deployment | Refusal | null): Refusal["params"] {
  return isRefusal(answer) ? answer.params : {};
}
