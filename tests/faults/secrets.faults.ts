import { writeFileSync } from "node:fs";
import { mkdtempDisposable } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { hashOf, tokenText } from "#http/api-tokens.ts";
import type { Database } from "#persistence/database.ts";
import { brokenInvariants } from "./invariants.ts";
import { bring } from "./support/patience.ts";
import { factsOf, quietFacts } from "./support/facts.ts";
import * as person from "./support/person.ts";
import { isEmbedded } from "./support/stage-database.ts";
import { NOTES_PASSWORD, openStage, STAGE_KEY, type Stage } from "./support/stage.ts";

const ID = "robot-abcdefghij";
const SECRET = "a43-characters-long-secret-of-a-robot-01234";
const TOKEN = tokenText(ID, SECRET);
const WRONG = tokenText(ID, "b43-characters-long-secret-of-a-robot-01234");

/** The product with one API token that may do everything a token may. */
async function openWithToken(folder: string): Promise<Stage> {
  const file = join(folder, "tokens.json");
  const createdAt = new Date(0).toISOString();
  const scopes = ["deployments:write"];
  const token = {
    id: ID,
    name: "robot",
    hash: hashOf(SECRET),
    scopes,
    team: "dev-team",
    createdAt,
  };
  writeFileSync(file, JSON.stringify({ tokens: [token] }));
  return openStage({
    env: { API_TOKENS_FILE: file },
    secrets: { "an API token": SECRET, "a wrong API token": WRONG },
  });
}

type Call = { readonly bearer: string; readonly path: string; readonly body?: unknown };

async function ask(stage: Stage, { bearer, path, body }: Call): Promise<number> {
  const { status } = await fetch(`${await stage.url()}${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers: { authorization: `Bearer ${bearer}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return status;
}

test.skipIf(isEmbedded())(
  "I9, I10: a variable, run tokens, the key and API tokens show nowhere; forged rows would",
  async () => {
    await using folder = await mkdtempDisposable(join(tmpdir(), "mcp-tokens-"));
    await using stage = await openWithToken(folder.path);
    await stage.start();
    const own = (path: string, body?: unknown) => ask(stage, { bearer: TOKEN, path, body });

    const statuses = [
      await ask(stage, { bearer: WRONG, path: "/deployments" }),
      await own("/deployments", person.notes("robot")),
      await own("/deployments/robot/plan", { vars: { notes: 2 } }),
      await own(`/deployments/${encodeURIComponent(TOKEN)}`),
      await own("/deployments", { ...person.notes("bad"), vars: wrongVars() }),
    ];
    await person.waitFor(stage, "robot", ({ status }) => status === "planned");
    const end = await bring(stage, person.notes("robot"), "applied");
    await person.plan(stage, "robot");
    await bring(stage, person.notes("robot"), "destroyed");

    const facts = await quietFacts(stage);
    expect(statuses).toEqual([401, 201, 202, 404, 422]);
    expect(end.status).toBe("applied");
    expect(facts.grants.length).toBeGreaterThan(2);
    expect(brokenInvariants(facts)).toEqual([]);

    await stage.database.read(forge);
    const forged = brokenInvariants(await factsOf(stage)).map((each) => each.replace(/r_\w+/, "r"));
    expect(forged).toEqual([
      "I9: SECRET_KEY stands in audit.detail",
      "I9: a sensitive variable stands in messages.content",
      "I9: an API token stands in run_events.message",
      expect.stringMatching(/^I10: audit row \d+ is changed$/),
    ]);
  },
);

/** What is wrong with them is told with the other values beside it. */
function wrongVars() {
  return { password: NOTES_PASSWORD, notes: NOTES_PASSWORD };
}

/** What somebody with all rights in the database can do, or a bug. */
async function forge(db: Database): Promise<void> {
  await db.raw("alter table audit disable trigger all");
  const detail = { said: encodeURIComponent(STAGE_KEY) };
  await db("audit")
    .where({ seq: 2 })
    .update({ detail: JSON.stringify(detail) });
  await db("run_events")
    .where("seq", 1)
    .update({ message: Buffer.from(`x${SECRET}`).toString("base64") });
  const [newest] = await db("messages").orderBy("id", "desc").limit(1).select("id");
  const content = JSON.stringify({ text: JSON.stringify(NOTES_PASSWORD) });
  await db("messages").where(newest).update({ content });
}
