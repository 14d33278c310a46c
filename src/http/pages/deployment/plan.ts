import type { PagePlan } from "#http/deployment-page.ts";
import { make } from "#http/pages/console/dom.ts";
import { PLANNED_ACTIONS } from "#text/approval-card.ts";
import { DEPLOYMENT_PAGE as PAGE } from "#text/deployment-page.ts";
import { say, type Lang } from "#text/wording.ts";
import { attributesOf } from "./attributes.ts";
import { section } from "./facts.ts";
import { fetchPlan, type About } from "./wire.ts";

type Row = PagePlan["rows"][number];

/** A browser draws so many rows without a pause; the rest comes on demand. */
const AT_ONCE = 300;

/** The whole plan of the newest change that has one, as a tree that can be searched. */
export function planSection(lang: Lang): {
  element: HTMLElement;
  follow(deployment: About["deployment"]): void;
} {
  const body = make("div", {}, make("p", { class: "quiet" }, PAGE.noPlan[lang]));
  let shown = "";

  async function load(change: string): Promise<void> {
    const plan = await fetchPlan(location.pathname, change);
    if (!("problem" in plan)) {
      body.replaceChildren(...planOf(plan, lang));
    }
  }

  return {
    element: section(PAGE.plan[lang], body),
    follow({ plan, change, lastChange }) {
      const of = (change ?? lastChange)?.id;
      if (plan !== null && of !== undefined && plan.digest !== shown) {
        shown = plan.digest;
        load(of).catch(() => {
          // Asked again when the page looks the next time.
          shown = "";
        });
      }
    },
  };
}

function planOf({ rows, text }: PagePlan, lang: Lang): Node[] {
  const search = make("input", { type: "search", placeholder: PAGE.search[lang] });
  search.setAttribute("aria-label", PAGE.search[lang]);
  const only = make("input", { type: "checkbox", checked: true });
  const count = make("p", { class: "quiet", role: "status" });
  const tree = make("div", { class: "tree" });
  const find = finder(rows);

  function draw(limit: number): void {
    const found = find(search.value, only.checked);
    const all = rows.length;
    count.textContent = say(PAGE.shown, lang, { shown: found.length, all });
    tree.replaceChildren(...branches(found.slice(0, limit), lang));
    const left = found.length - limit;
    if (left > 0) {
      const label = say(PAGE.more, lang, { n: Math.min(left, AT_ONCE) });
      tree.append(make("button", { click: () => draw(limit + AT_ONCE) }, label));
    } else if (found.length === 0) {
      tree.append(make("p", { class: "quiet" }, PAGE.nothingFound[lang]));
    }
  }

  search.addEventListener("input", () => draw(AT_ONCE));
  only.addEventListener("change", () => draw(AT_ONCE));
  draw(AT_ONCE);
  const words = make(
    "details",
    {},
    make("summary", {}, PAGE.planText[lang]),
    make("pre", {}, text),
  );
  return [
    make("div", { class: "tools" }, search, make("label", {}, only, ` ${PAGE.onlyChanges[lang]}`)),
    count,
    tree,
    words,
  ];
}

/** Looks in addresses and values; the text of a row is made once. */
function finder(rows: readonly Row[]): (words: string, onlyChanges: boolean) => readonly Row[] {
  const texts = new Map<Row, string>();
  function textOf(row: Row): string {
    const text =
      texts.get(row) ??
      `${row.address}\n${JSON.stringify(row.before)}\n${JSON.stringify(row.after)}`.toLowerCase();
    texts.set(row, text);
    return text;
  }
  return (words, onlyChanges) => {
    const wanted = words.trim().toLowerCase();
    return rows.filter(
      (row) =>
        (!onlyChanges || row.action !== "no-op") && (wanted === "" || textOf(row).includes(wanted)),
    );
  };
}

/** Rows in their order, under the module they stand in. */
function branches(rows: readonly Row[], lang: Lang): Node[] {
  const modules = new Map<string, Row[]>();
  for (const row of rows) {
    const branch = modules.get(row.module) ?? [];
    modules.set(row.module, [...branch, row]);
  }
  return [...modules].map(([module, inside]) =>
    make(
      "details",
      { class: "branch", open: true },
      make("summary", {}, module === "" ? "root" : module, ` (${inside.length})`),
      ...inside.map((row) => leaf(row, lang)),
    ),
  );
}

/** Attributes are worked out when somebody opens the resource. */
function leaf(row: Row, lang: Lang): HTMLElement {
  const name = row.module === "" ? row.address : row.address.slice(row.module.length + 1);
  const action = row.action === "no-op" ? PAGE.noChange[lang] : PLANNED_ACTIONS[row.action][lang];
  const summary = make(
    "summary",
    {},
    make("span", { class: `action ${row.action}` }, action),
    make("code", {}, name),
    row.reason === null ? null : make("span", { class: "quiet" }, ` ${row.reason}`),
  );
  const element = make("details", { class: "leaf" }, summary);
  element.addEventListener(
    "toggle",
    () => element.append(attributesOf(row, PAGE.afterApply[lang])),
    { once: true },
  );
  return element;
}
