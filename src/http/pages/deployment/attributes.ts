import type { PagePlan } from "#http/deployment-page.ts";
import { make } from "#http/pages/console/dom.ts";

type Row = PagePlan["rows"][number];

/** A row's attributes as before → after, only those that differ; of a new one all that are set. */
export function attributesOf(row: Row, afterApply: string): HTMLElement {
  const before = flat(row.before);
  const after = flat(row.after);
  for (const [path, unknown] of flat(row.unknown)) {
    if (unknown === "true") {
      after.set(path, afterApply);
    }
  }
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  const lines = paths
    .filter((path) => row.action === "no-op" || before.get(path) !== after.get(path))
    .map((path) => line(path, before.get(path), after.get(path)));
  return make("table", { class: "attributes" }, make("tbody", {}, ...lines));
}

function line(path: string, before: string | undefined, after: string | undefined): HTMLElement {
  return make(
    "tr",
    {},
    make("th", { scope: "row" }, path),
    make("td", { class: "before" }, before ?? ""),
    make("td", { class: "after" }, after ?? ""),
  );
}

type Found = [path: string, value: string];

/** `{a: {b: [1]}}` as `a.b[0]` → `1`; null and empty say nothing and are left out. */
function flat(value: unknown): Map<string, string> {
  return new Map(entriesOf(value, ""));
}

function entriesOf(value: unknown, path: string): Found[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, at) => entriesOf(item, `${path}[${at}]`));
  }
  if (typeof value === "object" && value !== null) {
    const below = path === "" ? "" : `${path}.`;
    return Object.entries(value).flatMap(([name, item]) => entriesOf(item, `${below}${name}`));
  }
  const isSaid = value !== null && value !== undefined && path !== "";
  return isSaid ? [[path, typeof value === "string" ? value : JSON.stringify(value)]] : [];
}
