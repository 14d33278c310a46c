import { setTimeout as sleep } from "node:timers/promises";

const PATIENCE_MS = 120_000;
const EVERY_MS = 200;

/** Asks until the answer fits; throws with the last answer when it does not in two minutes. */
export async function eventually<T>(
  probe: () => Promise<T> | T,
  fits: (answer: T) => boolean,
): Promise<T> {
  const end = performance.now() + PATIENCE_MS;
  for (;;) {
    const answer = await probe();
    if (fits(answer)) {
      return answer;
    }
    if (performance.now() > end) {
      const last = JSON.stringify(answer) ?? "nothing";
      throw new Error(`It did not come to that; last seen ${last.slice(0, 4_000)}`);
    }
    await sleep(EVERY_MS);
  }
}
