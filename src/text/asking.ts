import type { Wording } from "./wording.ts";

type Set = Readonly<Record<string, Wording>>;

/** Who is asked, what is missing and why it waits: on the approval card and the reminders. */
export const ASKING = {
  who: { en: "Who may approve", ko: "승인할 수 있는 사람" },
  whoWords: { en: "{groups} ({people})", ko: "{groups} ({people})" },
  nobody: { en: "nobody at the moment", ko: "현재 없음" },
  requesterOut: {
    en: "{requester} cannot approve their own request.",
    ko: "요청자 {requester} 님은 직접 승인할 수 없습니다.",
  },
  requesterIn: {
    en: "By the rule “{rule}” the requester's own approval counts too.",
    ko: "“{rule}” 규칙에 따라 요청자 본인의 승인도 집계됩니다.",
  },
  ownerOut: {
    en: "{requester}, a token of {owner}, asked for this, so it counts as {owner}'s own request, which they cannot approve.",
    ko: "{owner} 님의 토큰 {requester}이(가) 요청했으므로 {owner} 님 본인의 요청과 같아 직접 승인할 수 없습니다.",
  },
  ownerUnknown: {
    en: "{requester} is a token without a known owner, so nobody is kept from approving what they asked for themselves. Approve only if this was not your own request; an operator should make a token that names its owner (npm run token -- create --owner …) and revoke this one.",
    ko: "{requester}은(는) 소유자를 알 수 없는 토큰이라 요청한 사람이 직접 승인하는 것을 막을 수 없습니다. 본인의 요청이 아닐 때만 승인하세요. 운영자는 소유자가 있는 토큰을 만들고(npm run token -- create --owner …) 이 토큰을 폐기해야 합니다.",
  },
  reminded: { en: "Reminder sent", ko: "알림 보냄" },
  escalated: { en: "Second group asked", ko: "두 번째 그룹에 요청" },
  escalatedWords: { en: "{group}, {at}", ko: "{group}, {at}" },
  missing: {
    en: "Still missing: {votes} of {group}.",
    ko: "아직 필요한 승인: {group} 그룹에서 {votes}건.",
  },
  nobodyCan: {
    en: "Nobody can approve this as things are: the rule “{rule}” asks for {needed} votes of {groups}, and {people} people there may vote. Let somebody outside these groups press “Plan again”, or an admin adds people to them or changes the rule in the policy file; that counts here at once.",
    ko: "지금은 아무도 승인할 수 없습니다. “{rule}” 규칙은 {groups} 그룹에서 {needed}표를 요구하는데 투표할 수 있는 사람이 {people}명입니다. 이 그룹에 없는 사람이 “다시 계획”을 누르거나, 관리자가 그룹에 사람을 추가하거나 정책 파일의 규칙을 바꾸면 여기에 바로 반영됩니다.",
  },
  lost: {
    en: "Votes that no longer count, because the right to approve was withdrawn: {people}.",
    ko: "승인 권한이 없어져 더는 집계되지 않는 표: {people}.",
  },
  frozen: {
    en: "Nobody may approve before {opens}: {reason}. Rejecting and cancelling stay possible.",
    ko: "{opens} 까지는 승인할 수 없습니다: {reason}. 반려와 취소는 할 수 있습니다.",
  },
  closed: {
    en: "Approvals count again from {opens}. Rejecting and cancelling stay possible.",
    ko: "승인은 {opens} 부터 다시 집계됩니다. 반려와 취소는 할 수 있습니다.",
  },
} as const satisfies Set;

/** The two messages that come by themselves while a change waits. */
export const REMINDER = {
  reminderTitle: { en: "Still waiting for approval: {name}", ko: "아직 승인 대기 중: {name}" },
  escalationTitle: {
    en: "{group} is asked too: {name}",
    ko: "{group} 그룹에도 승인을 요청합니다: {name}",
  },
  waits: {
    en: "{got} of {needed} approvals so far, and half of the time is over. The vote ends {expires}. Use the approval card in this thread.",
    ko: "승인 {needed}건 중 {got}건을 받았고 기한의 절반이 지났습니다. 기한은 {expires}입니다. 이 스레드의 승인 카드를 사용하세요.",
  },
  asks: {
    en: "{got} of {needed} approvals so far, and most of the time is over. {group} may approve from now on. The vote ends {expires}. Use the approval card in this thread.",
    ko: "승인 {needed}건 중 {got}건을 받았고 기한이 얼마 남지 않았습니다. 이제 {group} 그룹도 승인할 수 있습니다. 기한은 {expires}입니다. 이 스레드의 승인 카드를 사용하세요.",
  },
  over: {
    en: "This was decided or has ended since; nothing to do here.",
    ko: "그 사이 결정되었거나 끝났습니다. 더 할 일은 없습니다.",
  },
} as const satisfies Set;
