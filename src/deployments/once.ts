import type { Deployment } from "./deployment.ts";
import type { Guard } from "./ports.ts";

/** A repeated request has its effect once, however the deployment has gone on since. */
export function onceFor(requestKey: string | null): Guard {
  return requestKey === null ? null : { onceFor: requestKey };
}

/** The same request once more: it has opened its change already. */
export function isRepeated(
  { change, lastChange }: Pick<Deployment, "change" | "lastChange">,
  { requestKey }: { readonly requestKey: string | null },
): boolean {
  return (
    requestKey !== null &&
    (change?.requestKey === requestKey || lastChange?.requestKey === requestKey)
  );
}
