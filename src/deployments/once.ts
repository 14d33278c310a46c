import type { Guard } from "./ports.ts";

/** A repeated request has its effect once, however the deployment has gone on since. */
export function onceFor(requestKey: string | null): Guard {
  return requestKey === null ? null : { onceFor: requestKey };
}
