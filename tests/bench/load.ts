import { join } from "node:path";
import { z } from "zod";
import { offers, press, say } from "#commands/console-client.ts";
import { openBare, planBare } from "./bare.ts";
import { MODULES, openHouse, type House } from "./house.ts";
import { untilCard } from "./plan-to-card.ts";
import { median, timed, type Row } from "./row.ts";

const MODULE = join(MODULES, "local_many");
const DEPLOYMENTS = 50;
const WORKERS = 2;
const SMALL = 3;

/** Fifty deployments, all asked for at once and each approved when it can be, against bare Terraform two at a time. */
export async function manyDeployments(): Promise<Row> {
  await using house = await openHouse({ WORKER_CONCURRENCY: String(WORKERS) });
  const names = Array.from({ length: DEPLOYMENTS }, (_, at) => `load-${at}`);
  const bare = await timed(() =>
    inTurns(names, async (name) => {
      await using folder = openBare(MODULE, { name, amount: SMALL });
      await planBare(folder);
      await folder.terraform("apply", "plan.bin");
    }),
  );
  const ours = await timed(() => Promise.all(names.map((name) => untilMade(house, name))));
  return {
    name: `${DEPLOYMENTS} deployments, ${WORKERS} workers`,
    ours,
    bare,
    ratio: ours / bare,
    runs: 1,
    against: "init, plan, show, apply, two at a time; Atlantis 3.0, goal 1.1",
  };
}

/** As people do it: asked for in a chat, approved on the card, until the card says that it is there. */
async function untilMade({ product, shown }: House, name: string): Promise<void> {
  const url = product.url();
  const text = `/cloud create local_many name=${name} amount=${SMALL}`;
  const thread = await say(url, { user: "dev", text });
  const message = await shown.until(thread, (one) => offers(one, "approve"));
  await press(url, { user: "lead", thread, message, what: "approve" });
  await shown.until(thread, (one) => offers(one, "destroy"));
}

async function inTurns(names: readonly string[], work: (name: string) => Promise<void>) {
  const left = [...names];
  const hands = Array.from({ length: WORKERS }, async () => {
    for (let name = left.shift(); name !== undefined; name = left.shift()) {
      await work(name);
    }
  });
  await Promise.all(hands);
}

const HUGE = 10_000;
const LAG = /^nodejs_eventloop_lag_max_seconds ([\d.e+-]+)/m;
const LOOK_MS = 500;

/** A plan of ten thousand resources to its card, and how long the event loop was held meanwhile. */
export async function hugePlan(): Promise<Row> {
  await using house = await openHouse();
  await using folder = openBare(MODULE, { name: "huge", amount: HUGE });
  const bare = await timed(() => planBare(folder));
  const lags: number[] = [];
  const watching = setInterval(() => {
    lagOf(house.product.url()).then(
      (lag) => lags.push(lag),
      () => {},
    );
  }, LOOK_MS);
  const ours = await untilCard(house, `/cloud create local_many name=huge amount=${HUGE}`).finally(
    () => clearInterval(watching),
  );
  const worst = Math.round(Math.max(...lags) * 1_000);
  const usual = Math.round(median(lags) * 1_000);
  return {
    name: `request to approval card, ${HUGE} resources`,
    ours,
    bare,
    ratio: ours / bare,
    runs: 1,
    against: "init && plan && show -json; goal: loop held 100 ms at most",
    note: `event loop held: ${worst} ms at most, usually ${usual} ms`,
  };
}

/** The longest pause of the server's event loop since the last look, in seconds. */
async function lagOf(url: string): Promise<number> {
  const answer = await fetch(`${url}/metrics`);
  return z.coerce.number().parse(LAG.exec(await answer.text())?.[1]);
}
