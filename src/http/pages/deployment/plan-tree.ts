import type { PagePlan } from "#http/deployment-page.ts";
import { make } from "#http/pages/console/dom.ts";
import { PLANNED_ACTIONS } from "#text/approval-card.ts";
import { DEPLOYMENT_PAGE as PAGE } from "#text/deployment-page.ts";
import { say, type Lang } from "#text/wording.ts";
import { attributesOf } from "./attributes.ts";

type Row = PagePlan["rows"][number];

/** A browser draws so many rows without a pause; the rest comes on demand. */
const AT_ONCE = 300;

/** Every resource of a plan under its module, to search in, and Terraform's own text. */
export function planTree({ rows, text }: PagePlan, lang: Lang): Node[] {
  const search = make("input", { type: "search", placeholder: PAGE.search[lang] });
  search.setAttribute("aria-label", PAGE.search[lang]);
  const only = make("input", { type: "checkbox", checked: true });
  const count = make("p", { class: "quiet", role: "status" });
  const tree = make("div", { class: "tree" });
  const find = finder(rows);

  function draw(): void {
    const found = find(search.value, only.checked);
    count.textContent = say(PAGE.shown, lang, { shown: found.length, all: rows.length });
    tree.replaceChildren();
    if (found.length === 0) {
      tree.append(make("p", { class: "quiet" }, PAGE.nothingFound[lang]));
    } else {
      grow(tree, found, lang);
    }
  }

  search.addEventListener("input", draw);
  only.addEventListener("change", draw);
  draw();
  const label = make("label", {}, only, ` ${PAGE.onlyChanges[lang]}`);
  return [make("div", { class: "tools" }, search, label), count, tree, wordsOf(text, lang)];
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

/** The first rows, and a button that adds more below: what is open stays open, the focus goes on. */
function grow(tree: HTMLElement, found: readonly Row[], lang: Lang): void {
  const all = Map.groupBy(found, ({ module }) => module);
  const branches = new Map<string, HTMLElement>();
  let drawn = 0;

  function add(): HTMLElement | null {
    let first: HTMLElement | null = null;
    for (const row of found.slice(drawn, drawn + AT_ONCE)) {
      const inside = all.get(row.module)?.length ?? 0;
      const branch = branches.get(row.module) ?? branchOf(row.module, inside, lang);
      branches.set(row.module, branch);
      const element = leaf(row, lang);
      branch.append(element);
      first ??= element;
    }
    drawn += AT_ONCE;
    tree.append(...branches.values(), ...moreButton());
    return first;
  }

  function moreButton(): Node[] {
    const left = found.length - drawn;
    const button = make("button", { class: "more", type: "button" });
    button.textContent = say(PAGE.more, lang, { n: Math.min(left, AT_ONCE) });
    button.addEventListener("click", () => {
      button.remove();
      add()?.querySelector("summary")?.focus();
    });
    return left > 0 ? [button] : [];
  }

  add();
}

function branchOf(module: string, inside: number, lang: Lang): HTMLElement {
  const name = module === "" ? PAGE.root[lang] : module;
  const summary = make("summary", {}, make("bdi", {}, name), ` (${inside})`);
  return make("details", { class: "branch", open: true }, summary);
}

/** Attributes are worked out when somebody opens the resource. */
function leaf(row: Row, lang: Lang): HTMLElement {
  const name = row.module === "" ? row.address : row.address.slice(row.module.length + 1);
  const action = row.action === "no-op" ? PAGE.noChange[lang] : PLANNED_ACTIONS[row.action][lang];
  const summary = make(
    "summary",
    {},
    make("span", { class: `action ${row.action}` }, action),
    " ",
    make("code", {}, make("bdi", {}, name)),
    row.reason === null ? null : make("span", { class: "quiet" }, ` ${row.reason}`),
  );
  const element = make("details", { class: "leaf" }, summary);
  element.addEventListener("toggle", () => element.append(attributesOf(row, lang)), { once: true });
  return element;
}

/** Built when somebody opens it: of a huge plan it is a book. */
function wordsOf(text: string, lang: Lang): HTMLElement {
  const words = make("details", {}, make("summary", {}, PAGE.planText[lang]));
  words.addEventListener("toggle", () => words.append(make("pre", { tabindex: "0" }, text)), {
    once: true,
  });
  return words;
}
