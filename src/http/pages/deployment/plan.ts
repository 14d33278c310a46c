import { make } from "#http/pages/console/dom.ts";
import { DEPLOYMENT_PAGE as PAGE } from "#text/deployment-page.ts";
import { CHANGE_KINDS, OUTCOMES } from "#text/states.ts";
import { wordFor, type Lang } from "#text/wording.ts";
import { changesOf, type Told } from "./changes.ts";
import { choiceOf } from "./choice.ts";
import { section } from "./facts.ts";
import { moment } from "./moment.ts";
import { planTree } from "./plan-tree.ts";
import { fetchPlan, type About } from "./wire.ts";

/** The whole plan of the newest change, or of the one that a person chose. */
export function planSection(lang: Lang): { element: HTMLElement; follow(now: About): void } {
  const choice = choiceOf(PAGE.planOf[lang]);
  const body = make("div", {});
  let shown = "";

  async function load({ change, key }: Wanted): Promise<void> {
    const plan = await fetchPlan(location.pathname, change, lang);
    // Meanwhile another one may have been chosen.
    if (shown === key) {
      body.replaceChildren(...("problem" in plan ? [quiet(plan.problem)] : planTree(plan, lang)));
    }
  }

  function show(wanted: Wanted): void {
    if (wanted.key === shown) {
      return;
    }
    shown = wanted.key;
    body.replaceChildren(...(wanted.isMade ? [] : [quiet(PAGE.noPlan[lang])]));
    if (wanted.isMade) {
      load(wanted).catch(() => {
        // Asked again when the page looks the next time.
        shown = "";
        body.replaceChildren(quiet(PAGE.planAway[lang]));
      });
    }
  }

  return {
    element: section(PAGE.plan[lang], make("div", { class: "tools" }, choice.element), body),
    follow(now) {
      const options = changesOf(now.events).map((change) => optionOf(change, lang));
      choice.element.hidden = options.length < 2;
      choice.offer(options, (change) => show(wantedOf(now, change)));
    },
  };
}

type Wanted = {
  readonly change: string;
  /** Another one as soon as the plan of that change is another one. */
  readonly key: string;
  readonly isMade: boolean;
};

function wantedOf({ deployment: { change, plan } }: About, wanted: string): Wanted {
  if (change?.id !== wanted) {
    return { change: wanted, key: wanted, isMade: true };
  }
  return { change: wanted, key: `${wanted} ${plan?.digest ?? ""}`, isMade: plan !== null };
}

function optionOf({ id, kind, at, outcome }: Told, lang: Lang): readonly [string, string] {
  const end = outcome === null ? PAGE.open[lang] : wordFor(OUTCOMES, outcome, lang);
  return [id, [wordFor(CHANGE_KINDS, kind, lang), end, moment(at, lang)].join(" · ")];
}

function quiet(words: string): HTMLElement {
  return make("p", { class: "quiet" }, words);
}
