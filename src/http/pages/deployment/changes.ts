import type { About } from "./wire.ts";

/** A change of the deployment as its events tell of it. */
export type Told = {
  readonly id: string;
  readonly kind: string;
  readonly at: string;
  /** Null: it is still open. */
  readonly outcome: string | null;
};

/** Every change that this deployment ever had, the newest first. */
export function changesOf(events: About["events"]): readonly Told[] {
  const outcomes = new Map(
    events
      .filter(({ action }) => action === "change-ended")
      .map(({ detail }) => [wordOf(detail["change"]), wordOf(detail["outcome"])]),
  );
  return events
    .filter(({ action }) => action === "change-opened")
    .map(({ at, detail }) => {
      const id = wordOf(detail["change"]);
      return { id, kind: wordOf(detail["kind"]), at, outcome: outcomes.get(id) ?? null };
    })
    .toReversed();
}

function wordOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
