import type { Card } from "#bots/card.ts";
import type { ChangeFacts } from "#deployments/change.ts";
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
};

function waiting(lang: Lang, asked: Partial<ChangeFacts>): Card {
  const asking = facts.asking();
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
    tally: facts.tally(0, { asking }),
  });
}
