import type { PagePlan } from "#http/deployment-page.ts";
import { make } from "#http/pages/console/dom.ts";
import { DEPLOYMENT_PAGE as PAGE } from "#text/deployment-page.ts";
import type { Lang } from "#text/wording.ts";

type Row = PagePlan["rows"][number];

/** A row's attributes as before → after, only those that differ; of a new one all that are set. */
export function attributesOf(row: Row, lang: Lang): HTMLElement {
  const before = flat(row.before);
  const after = flat(row.after);
  for (const [path, unknown] of flat(row.unknown)) {
    if (unknown === "true") {
      after.set(path, PAGE.afterApply[lang]);
    }
  }
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  const lines = paths.filter(
    (path) => row.action === "no-op" || before.get(path) !== after.get(path),
  );
  // What is made has nothing before, what is deleted nothing after: no empty column stands there.
  return table(PAGE.attribute[lang], lines, [
    ...(before.size === 0 ? [] : [{ name: "before", label: PAGE.before[lang], values: before }]),
    ...(after.size === 0 ? [] : [{ name: "after", label: PAGE.after[lang], values: after }]),
  ]);
}

function table(
  attribute: string,
  lines: readonly string[],
  columns: readonly Column[],
): HTMLElement {
  const labels = [attribute, ...columns.map(({ label }) => label)];
  const head = labels.map((label) => make("th", { scope: "col" }, label));
  const body = lines.map((path) =>
    make(
      "tr",
      {},
      make("th", { scope: "row" }, path),
      ...columns.map(({ name, values }) => make("td", { class: name }, values.get(path) ?? "")),
    ),
  );
  return make(
    "table",
    { class: "attributes" },
    make("thead", {}, make("tr", {}, ...head)),
    make("tbody", {}, ...body),
  );
}

type Column = {
  readonly name: string;
  readonly label: string;
  readonly values: ReadonlyMap<string, string>;
};

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
