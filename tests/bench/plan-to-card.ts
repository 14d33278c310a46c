import { join } from "node:path";
import { offers, say } from "#commands/console-client.ts";
import { openBare, planBare } from "./bare.ts";
import { houseOf, MODULES, openHouse, type House } from "./house.ts";
import { pairs, timed, type Row } from "./row.ts";

const APP_ENV = join(import.meta.dirname, "../../terraform/modules/local_app_env");

/** From the words of a request to the approval card, against bare init, plan and show. */
export async function planToCard(): Promise<Row> {
  await using house = await houseOf({});
  const measured = await pairs(10, {
    ours: (round) => untilCard(house, `create a dev app environment called bench-${round}`),
    async bare(round) {
      const values = { name: `bench-${round}`, environment: "dev" };
      await using folder = openBare(APP_ENV, values);
      return await timed(() => planBare(folder));
    },
  });
  return {
    name: "request in words to approval card",
    ...measured,
    against: "init && plan && show -json; Atlantis 2.8",
  };
}

const MANY = 1_000;

/** The same for a thousand resources. */
export async function manyToCard(): Promise<Row> {
  await using house = await openHouse();
  const module = join(MODULES, "local_many");
  const measured = await pairs(4, {
    ours: (round) => untilCard(house, `/cloud create local_many name=many-${round} amount=${MANY}`),
    async bare(round) {
      await using folder = openBare(module, { name: `many-${round}`, amount: MANY });
      return await timed(() => planBare(folder));
    },
  });
  return {
    name: `request to approval card, ${MANY} resources`,
    ...measured,
    against: "init && plan && show -json; Atlantis 1.3",
  };
}

/** ms from what is said to the card that people can approve. */
export function untilCard({ product, shown }: House, text: string): Promise<number> {
  return timed(async () => {
    const thread = await say(product.url(), { user: "dev", text });
    await shown.until(thread, (message) => offers(message, "approve"));
  });
}
