import { describe, expect, test } from "vitest";
import { createDeploymentService } from "#deployments/service.ts";
import type { Database } from "#persistence/database.ts";
import { chatDatabase } from "#tests/support/chat-database.ts";
import { testDatabases } from "#tests/support/databases.ts";
import { asked, done, heart, refusedWith } from "#tests/support/deployments.ts";
import { around, subject } from "./advice-fixtures.ts";

const { module } = subject({});
const ODD = { region: "us-east-1", nat_mode: "per_az" };

function serviceOn(db: Database) {
  return createDeploymentService({
    ...heart(db).parts,
    catalogue: { modules: () => [module], module: () => module, check: () => [] },
    regions: { all: () => around().regions },
  });
}

describe.each(testDatabases())("advice that people take, on $name", ({ open }) => {
  const opened = chatDatabase(open);

  async function planned(vars = ODD) {
    const service = serviceOn(opened.db);
    const request = { name: "shop", module: module.name, vars };
    const { id } = done(await service.request(asked("dev"), request));
    done(await service.plan(asked("dev"), id, {}));
    return { service, id };
  }

  test("is all in the plan, one button after another, by two people", async () => {
    const { service, id } = await planned();

    done(await service.fix(asked("dev"), id, "away_from_team"));
    const both = done(await service.fix(asked("lead"), id, "size_big"));

    expect(both.change?.vars).toMatchObject({ region: "ap-northeast-2", nat_mode: "single" });
    expect(both.vars).toMatchObject(ODD);
  });

  test("is all in the plan when two buttons are pressed at once", async () => {
    const { service, id } = await planned();

    await Promise.all([
      service.fix(asked("dev"), id, "away_from_team"),
      service.fix(asked("lead"), id, "size_big"),
    ]);

    const now = await heart(opened.db).deployments.load(id);
    expect(now?.change?.vars).toMatchObject({ region: "ap-northeast-2", nat_mode: "single" });
  });

  test("holds no longer once it is taken", async () => {
    const { service, id } = await planned();
    done(await service.fix(asked("dev"), id, "size_big"));

    const again = await service.fix(asked("dev"), id, "size_big");

    expect(refusedWith(again)).toBe("advice-over");
  });
});
