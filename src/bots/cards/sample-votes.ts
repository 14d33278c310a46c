import type { Card } from "#bots/card.ts";
import type { ChangeFacts } from "#deployments/change.ts";
import type { Tally } from "#deployments/tally.ts";
import { machineId } from "#deployments/ids.ts";
import type { Lang } from "#text/wording.ts";
import { approvalCard } from "./approval.ts";
import * as facts from "./sample-facts.ts";

/** The vote where something about who asked or who may decide is out of the ordinary. */
export const VOTE_SAMPLES: Readonly<Record<string, (lang: Lang) => Card>> = {
  "approval.of-a-token": (lang) =>
    waiting(lang, { requester: machineId("ci-k3m7q2a5xw"), tokenOwner: facts.PEOPLE.ops }),
  "approval.of-a-token-of-nobody": (lang) =>
    waiting(lang, { requester: machineId("ci-k3m7q2a5xw"), tokenOwner: null }),
  "approval.that-nobody-can-give": (lang) =>
    waiting(lang, {}, { rule: "critical", groups: "approvers", needed: 2, people: 1 }),
};

function waiting(lang: Lang, asked: Partial<ChangeFacts>, short: Tally["short"] = null): Card {
  const asking = facts.asking(short === null ? {} : { votes: short.needed });
  return approvalCard({
    setting: facts.setting(lang),
    deployment: facts.deployment(),
    change: {
      ...facts.changeFacts("create"),
      ...asked,
      state: "awaiting_approval",
      plan: facts.SMALL_PLAN,
      votes: [],
      asking,
    },
    tally: facts.tally(0, { asking, short }),
  });
}
