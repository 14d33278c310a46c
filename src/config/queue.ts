import { Secret } from "#telemetry/secret.ts";
import type { Env } from "./env.ts";
import { StartRefused } from "./start-refused.ts";

/** Which bell wakes the workers; the record of runs is the database with all of them. */
export type QueueConfig =
  | { readonly is: "inprocess" }
  | { readonly is: "postgres" }
  | { readonly is: "bull"; readonly redisUrl: Secret };

/** Throws `StartRefused` where QUEUE and what it needs contradict each other. */
export function readQueue({ QUEUE, REDIS_URL, DATABASE_URL }: Env): QueueConfig {
  const is = QUEUE ?? (REDIS_URL === undefined ? "inprocess" : "bull");
  if (is === "bull") {
    if (REDIS_URL === undefined) {
      throw new StartRefused("queue-needs", { value: is, name: "REDIS_URL" });
    }
    return { is, redisUrl: new Secret(REDIS_URL) };
  }
  if (REDIS_URL !== undefined) {
    throw new StartRefused("queue-unused", { value: is });
  }
  if (is === "postgres" && DATABASE_URL === undefined) {
    throw new StartRefused("queue-needs", { value: is, name: "DATABASE_URL" });
  }
  return { is };
}
