import type { Block } from "#bots/card.ts";
import type { ChangeFacts, Reason } from "#deployments/change.ts";
import { isMachineId } from "#deployments/ids.ts";
import { momentIn } from "#deployments/opening-hours.ts";
import type { Tally } from "#deployments/tally.ts";
import { ASKING } from "#text/asking.ts";
import { sayReason } from "#text/reasons.ts";
import * as parts from "./parts.ts";
import type { Setting } from "./parts.ts";

type Fact = readonly [string, string];

/** Who may approve: the groups, and the people in them by name. */
export function whoFact(setting: Setting, { groups, people }: Tally): Fact {
  const named = people === "" ? ASKING.nobody[setting.lang] : people;
  return [
    ASKING.who[setting.lang],
    parts.sayIn(setting, ASKING.whoWords, { groups, people: named }),
  ];
}

type Askers = Pick<ChangeFacts, "requester" | "tokenOwner">;

/** Who may not approve because they asked; null where nobody is known who did. */
export function excludedWords(
  setting: Setting,
  { requester, tokenOwner }: Askers,
  { requesterCounts, rule }: Tally["asking"]["demand"],
): string | null {
  if (requesterCounts) {
    return parts.sayIn(setting, ASKING.requesterIn, { rule });
  }
  const named = { requester: parts.nameOf(setting, requester) };
  if (!isMachineId(requester)) {
    return parts.sayIn(setting, ASKING.requesterOut, named);
  }
  const owner = tokenOwner === null ? undefined : setting.names[tokenOwner];
  return owner === undefined ? null : parts.sayIn(setting, ASKING.ownerOut, { ...named, owner });
}

/** Nobody is known who could be kept from approving their own request; the voters are to know. */
export function ownerUnknown(setting: Setting, { requester }: Askers): Block {
  const name = parts.nameOf(setting, requester);
  const words = parts.sayIn(setting, ASKING.ownerUnknown, { requester: name });
  return parts.callout("warning", parts.text(words));
}

/** What was done so far so that people look at it. */
export function sentFacts(setting: Setting, { asking }: Tally): Fact[] {
  const { remindedAt, escalatedAt, demand } = asking;
  const { lang } = setting;
  const group = demand.escalate ?? "";
  return [
    ...(remindedAt === null
      ? []
      : [[ASKING.reminded[lang], parts.moment(remindedAt, lang)] as const]),
    ...(escalatedAt === null
      ? []
      : [
          [
            ASKING.escalated[lang],
            parts.sayIn(setting, ASKING.escalatedWords, {
              group,
              at: parts.moment(escalatedAt, lang),
            }),
          ] as const,
        ]),
  ];
}

/** Why it waits although people have voted, and what is missing. */
export function waitingBlocks(setting: Setting, tally: Tally): Block[] {
  const lost = tally.lost.map((person) => parts.nameOf(setting, person)).join(", ");
  return [
    ...whyBlocks(setting, tally.asking.back),
    ...tally.missing.map((missing) => parts.text(parts.sayIn(setting, ASKING.missing, missing))),
    ...(lost === "" ? [] : [parts.text(parts.sayIn(setting, ASKING.lost, { people: lost }))]),
    ...shortBlocks(setting, tally),
    ...closedBlocks(setting, tally),
  ];
}

function shortBlocks(setting: Setting, { short }: Tally): Block[] {
  return short === null
    ? []
    : [parts.callout("danger", parts.text(parts.sayIn(setting, ASKING.nobodyCan, short)))];
}

/** The sentence of a reason, where it has one. */
export function whyBlocks(setting: Setting, reason: Reason | null): Block[] {
  const why = reason === null ? null : sayReason(reason.code, reason.params, setting.lang);
  return why === null ? [] : [parts.callout("note", parts.text(why))];
}

function closedBlocks(setting: Setting, { closed }: Tally): Block[] {
  if (closed === null) {
    return [];
  }
  const opens = momentIn(closed.zone, closed.opens);
  const words =
    closed.why === "freeze"
      ? parts.sayIn(setting, ASKING.frozen, { opens, reason: closed.reason })
      : parts.sayIn(setting, ASKING.closed, { opens });
  return [parts.callout("warning", parts.text(words))];
}
