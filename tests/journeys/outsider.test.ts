import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { platformTools } from "#agent/tools/platform-tools.ts";
import { openRegistry } from "#agent/tools/registry.ts";
import { COMMAND_VERBS, readCommand } from "#bots/command.ts";
import type { ConsoleRoute } from "#bots/console/app.ts";
import { linkIn } from "#commands/card-reading.ts";
import { offers, press, say, waitFor } from "#commands/console-client.ts";
import { spendLink } from "#commands/shell-client.ts";
import { hashOf, SCOPES, tokenText } from "#http/api-tokens.ts";
import { DESCRIBED } from "#http/described.ts";
import { isRefusal } from "#text/refusal.ts";
import { openProduct, until, type Product } from "#tests/support/product.ts";

const HIDDEN = "veiled";
const SECRET = "s".repeat(43);
const TOKEN = tokenText("other-aaaaaaaaaa", SECRET);

const POLICY = `
people:
  dev: { name: Dev, console: dev }
  lead: { name: Lead, console: lead }
  rival: { name: Rival, console: rival }
  loner: { name: Loner, console: loner }
  student: { name: Student, console: student }
groups:
  dev-team: { members: [dev, lead], team: true }
  rival-team: { members: [rival], team: true }
  requesters: { members: [dev, lead, rival], roles: [requester, viewer, learner] }
  viewers: { members: [loner], roles: [viewer] }
  approvers: { members: [lead], roles: [approver] }
  learners: { members: [student], roles: [learner] }
`;

const OUTSIDERS = ["rival", "loner", "student", "a token"] as const;
type Outsider = (typeof OUTSIDERS)[number];

let product: Product;
let room = "";
let thread = "";
/** Everything that tells of the hidden deployment: its name and the ids of it, its change and runs. */
let marks: readonly string[] = [];

beforeAll(async () => {
  room = mkdtempSync(join(tmpdir(), "mcp-outsider-"));
  const [policy, tokens] = [join(room, "policy.yaml"), join(room, "tokens.json")];
  writeFileSync(policy, POLICY);
  const other = { id: "other-aaaaaaaaaa", name: "other", hash: hashOf(SECRET), scopes: SCOPES };
  const token = { ...other, team: "rival-team", createdAt: "2026-11-21T00:00:00Z" };
  writeFileSync(tokens, JSON.stringify({ tokens: [token] }));
  product = await openProduct({ POLICY_FILE: policy, API_TOKENS_FILE: tokens });
  thread = await say(product.url(), {
    user: "dev",
    text: `/cloud create local_app_env name=${HIDDEN}`,
  });
  const seen = await until(
    async () => (await product.get("dev", `/deployments/${HIDDEN}`)).body,
    (body) => JSON.stringify(body).includes('"status":"awaiting_approval"'),
  );
  await waitFor(product.url(), { user: "dev", thread }, ({ card }) => card !== undefined);
  const ids = JSON.stringify(seen).match(/\b(dep|chg|run)-[a-z2-7]{10}\b/g) ?? [];
  marks = [HIDDEN, ...new Set(ids)];
});
afterAll(async () => {
  await product[Symbol.asyncDispose]();
  rmSync(room, { recursive: true, force: true });
});

async function ask(who: Outsider | "dev", route: string, body: unknown = {}) {
  const [method = "GET", path = ""] = route.split(" ");
  const identity =
    who === "a token" ? { authorization: `Bearer ${TOKEN}` } : { "x-console-user": who };
  const response = await fetch(`${product.url()}${path}`, {
    method,
    headers: { "content-type": "application/json", ...identity },
    ...(method === "POST" ? { body: JSON.stringify(body) } : {}),
    signal: AbortSignal.timeout(100_000),
  });
  return { status: response.status, text: await response.text() };
}

/** Without what the outsider has sent themselves. */
function told(text: string, sent: string): string[] {
  return marks.filter((mark) => text.includes(mark) && !sent.includes(mark));
}

/** What a POST needs to get as far as the deployment; a route with another body belongs here too. */
const BODIES: Readonly<Record<string, unknown>> = {
  "POST /deployments": { name: "own", module: "nowhere", vars: {} },
  "POST /deployments/{id}/vote": { decision: "approve", digest: "a".repeat(64) },
};

describe.each(OUTSIDERS)("%s", (who) => {
  test.each(Object.keys(DESCRIBED))("learns nothing by %s", async (route) => {
    const byId = route.replace("{id}", marks[1] ?? "").replace("{name}", HIDDEN);
    const byName = route.replace("{id}", HIDDEN).replace("{name}", HIDDEN);
    const nobody = route.replace("{id}", "nobody").replace("{name}", "nobody");

    const [one, other, none] = await Promise.all(
      [byId, byName, nobody].map((each) => ask(who, each, BODIES[route])),
    );

    expect(told(one?.text ?? "", byId)).toEqual([]);
    expect(told(other?.text ?? "", byName)).toEqual([]);
    // What is hidden answers just like what is not there.
    expect([one?.status, other?.status]).toEqual([none?.status, none?.status]);
  });

  test("counts nothing hidden and finds no end of a page with its id", async () => {
    const list = await ask(who, "GET /deployments");
    const after = await ask(who, `GET /deployments?cursor=${marks[1]}`);

    expect([list.text, after.text]).toEqual(Array(2).fill('{"items":[],"next":null}'));
  });
});

const READERS = OUTSIDERS.filter((who) => who !== "a token");

describe.each(READERS)("%s in the console", (who) => {
  const reads: Readonly<Record<ConsoleRoute, readonly string[]>> = {
    "GET threads": [`/console/threads?user=${who}`],
    "GET threads/*": [],
    "GET events": [],
    "GET info": ["/console/info"],
    "GET gallery.json": ["/console/gallery.json"],
    "POST messages": [],
    "POST actions": [],
  };

  test("reads neither the thread nor its title", async () => {
    const paths = Object.values(reads).flat();

    const answers = await Promise.all(paths.map((path) => ask(who, `GET ${path}`)));
    const own = await ask(who, `GET /console/threads/${thread}?user=${who}`);
    const deps = await ask("dev", `GET /console/threads/${thread}?user=dev`);

    expect(answers.flatMap(({ text }) => told(text, ""))).toEqual([]);
    expect(own.status).toBe(404);
    expect(deps.text).toContain(HIDDEN);
  });

  test("may neither speak nor press in it", async () => {
    const words = await ask(who, "POST /console/messages", { user: who, text: "hi", thread });
    const value = { do: "approve", change: marks.find((mark) => mark.startsWith("chg-")) };
    const press = { user: who, thread, message: "c-1", value };

    const pressed = await ask(who, "POST /console/actions", press);

    expect([words.status, pressed.status]).toEqual([404, 404]);
  });

  test("hears none of it in the live stream, from the first message on", async () => {
    const response = await fetch(`${product.url()}/console/events?user=${who}`, {
      headers: { "last-event-id": "0" },
    });
    const reader = response.body?.getReader();
    const own = await say(product.url(), { user: who, text: "/cloud help" });
    let heard = "";
    while (!heard.includes(own)) {
      heard += new TextDecoder().decode((await reader?.read())?.value);
    }
    await reader?.cancel();

    expect(told(heard, "")).toEqual([]);
  });

  test.each(COMMAND_VERBS)("learns nothing by /cloud %s", async (verb) => {
    const bare = ["help", "modules", "about", "create"].includes(verb) ? "" : ` ${HIDDEN}`;
    const text = verb === "create" ? `/cloud create nowhere` : `/cloud ${verb}${bare}`;

    const at = await say(product.url(), { user: who, text });
    const answer = await waitFor(
      product.url(),
      { user: who, thread: at },
      ({ from }) => from === "cloud",
    );

    expect(told(JSON.stringify(answer), text)).toEqual([]);
  });
});

describe("the page of a deployment", () => {
  /** A shell's link makes the browser this person's; then it looks for the page. */
  async function browserOf(user: string): Promise<string> {
    const url = product.url();
    const at = { user, thread: await say(url, { user, text: "/learn part2/day3/cli_basics" }) };
    const lesson = await waitFor(url, at, (message) => offers(message, "shell"));
    await press(url, { ...at, message: lesson, what: "shell" });
    const answer = await waitFor(url, at, ({ card }) => linkIn(card, "/s#") !== null);
    return (await spendLink(linkIn(answer.card, "/s#") ?? "")).cookie;
  }

  test("shows nothing to a person of another team who is signed in there", async () => {
    const [theirs, ours] = [await browserOf("rival"), await browserOf("dev")];
    const [id = "", change = ""] = [
      marks.find((mark) => mark.startsWith("dep-")),
      marks.find((mark) => mark.startsWith("chg-")),
    ];
    const paths = [
      `/d/${id}/about`,
      `/d/${HIDDEN}/about`,
      `/d/${id}/plans/${change}`,
      `/d/${id}/log`,
    ];

    const answers = await Promise.all(
      paths.map((path) => fetch(`${product.url()}${path}`, { headers: { cookie: theirs } })),
    );
    const own = await fetch(`${product.url()}${paths[0]}`, { headers: { cookie: ours } });

    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    const texts = await Promise.all(answers.map((answer) => answer.text()));
    expect(texts.flatMap((text) => told(text, paths.join()))).toEqual([]);
    expect(await own.text()).toContain(HIDDEN);
  });
});

test("every tool of the agent that takes a deployment is reached by a command", () => {
  const parts: Parameters<typeof platformTools>[0] = z.any().parse({ about: {} });
  const registry = openRegistry(platformTools(parts));
  const reached = COMMAND_VERBS.flatMap((verb) => {
    const command = readCommand(`/cloud ${verb} ${HIDDEN}`);
    return command === null || isRefusal(command) ? [] : [command.tool];
  });

  const taking = registry.tools.filter(({ input }) => {
    const { properties = {} } = z.toJSONSchema(input, { io: "input" });
    return "deployment" in properties;
  });

  expect(taking.map(({ name }) => name).filter((name) => !reached.includes(name))).toEqual([]);
});

test("a status without a name lists only what one may see", async () => {
  const at = await say(product.url(), { user: "rival", text: "/cloud status" });

  const where = { user: "rival", thread: at };
  const answer = await waitFor(product.url(), where, ({ from }) => from === "cloud");

  expect(told(JSON.stringify(answer), "")).toEqual([]);
});

test("a taken name is refused without saying whose it is, and another's outputs are not there", async () => {
  const body = { name: HIDDEN, module: "local_app_env", vars: {} };

  const taken = await ask("rival", "POST /deployments", body);

  expect([taken.status, told(taken.text, HIDDEN)]).toEqual([409, []]);
  expect(taken.text).toContain("name-taken");
  expect(taken.text).not.toMatch(/dev-team|"dev"/i);
});
