import type { RefusalWording } from "./wording.ts";

/** Refusals around the vote and what it allows. */
export const APPROVAL_REFUSALS = {
  "no-plan": {
    detail: {
      en: "{name} has no finished plan to approve.",
      ko: "{name}에는 승인할 계획이 아직 없습니다.",
    },
    next: {
      en: "Plan it first: /cloud plan {name}.",
      ko: "먼저 계획을 만드세요: /cloud plan {name}",
    },
  },
  "plan-not-ready": {
    detail: {
      en: "The plan of {name} is still being made, so there is nothing to vote on.",
      ko: "{name}의 계획을 아직 만드는 중이라 투표할 대상이 없습니다.",
    },
    next: {
      en: "Wait for the approval card in the thread.",
      ko: "스레드에 승인 카드가 올라올 때까지 기다리세요.",
    },
  },
  "not-asked": {
    detail: {
      en: "Nobody has asked for the approval of {name} yet.",
      ko: "{name}의 승인이 아직 요청되지 않았습니다.",
    },
    next: {
      en: "Ask for it first (POST /deployments/{id}/approve), then vote.",
      ko: "먼저 승인을 요청(POST /deployments/{id}/approve)한 뒤 투표하세요.",
    },
  },
  "nowhere-to-ask": {
    detail: {
      en: "There is no channel or thread where people could be asked to approve {name}.",
      ko: "{name}의 승인을 요청할 채널이나 스레드가 없습니다.",
    },
    next: {
      en: "Set SLACK_APPROVAL_CHANNEL or TEAMS_APPROVAL_CHANNEL, or ask in a chat thread.",
      ko: "SLACK_APPROVAL_CHANNEL 이나 TEAMS_APPROVAL_CHANNEL 을 설정하거나 채팅 스레드에서 요청하세요.",
    },
  },
  "requester-cannot-vote": {
    detail: {
      en: "You asked for this change of {name}, so somebody else must decide on it.",
      ko: "{name}의 이 변경은 직접 요청하셨기 때문에 다른 사람이 결정해야 합니다.",
    },
    next: {
      en: "Ask one of these to look at the card: {people}. You can still cancel it yourself.",
      ko: "다음 분께 카드를 확인해 달라고 요청하세요: {people}. 취소는 직접 할 수 있습니다.",
    },
  },
  "nobody-can-approve": {
    detail: {
      en: "Nobody can approve this change of {name}: the rule “{rule}” asks for {needed} votes of {groups}, and {people} people there may vote, because whoever asked for the change may not.",
      ko: "{name}의 이 변경은 승인될 수 없습니다. “{rule}” 규칙은 {groups} 그룹에서 {needed}표를 요구하는데, 요청한 사람을 빼면 투표할 수 있는 사람이 {people}명입니다.",
    },
    next: {
      en: "Let somebody outside these groups plan it, or ask an admin to add people to them or to change the rule in the policy file; then ask again.",
      ko: "이 그룹에 없는 사람이 계획을 요청하게 하거나, 관리자에게 그룹에 사람을 추가하거나 정책 파일의 규칙을 바꿔 달라고 한 뒤 다시 요청하세요.",
    },
  },
  "token-owner-cannot-vote": {
    detail: {
      en: "{token}, a token of yours, asked for this change of {name}, so it counts as asked for by you, and somebody else must decide on it.",
      ko: "{name}의 이 변경은 소유하신 토큰 {token}이(가) 요청했으므로 직접 요청하신 것과 같습니다. 다른 사람이 결정해야 합니다.",
    },
    next: {
      en: "Ask one of these to look at the card: {people}. You can still cancel it yourself.",
      ko: "다음 분께 카드를 확인해 달라고 요청하세요: {people}. 취소는 직접 할 수 있습니다.",
    },
  },
  "cannot-vote": {
    detail: {
      en: "You may not approve or reject {name}: the rule “{rule}” asks {groups}, and you are in none of these groups.",
      ko: "{name}을(를) 승인하거나 반려할 수 없습니다. “{rule}” 규칙은 {groups} 그룹에 묻는데, 그 그룹의 구성원이 아닙니다.",
    },
    next: {
      en: "Ask one of these to decide: {people}.",
      ko: "다음 분께 결정을 요청하세요: {people}.",
    },
  },
  "machine-cannot-vote": {
    detail: {
      en: "A token or an agent may not vote; only a signed-in person may.",
      ko: "토큰이나 에이전트는 투표할 수 없습니다. 로그인한 사람만 할 수 있습니다.",
    },
    next: {
      en: "Press the button on the approval card yourself.",
      ko: "승인 카드의 버튼을 직접 누르세요.",
    },
  },
  "already-voted": {
    detail: {
      en: "You have voted on this plan of {name} already.",
      ko: "{name}의 이 계획에는 이미 투표하셨습니다.",
    },
    next: {
      en: "Nothing to do; the card shows all votes.",
      ko: "더 할 일은 없습니다. 카드에서 투표 현황을 볼 수 있습니다.",
    },
  },
  "already-approved": {
    detail: {
      en: "{name} is approved already, by {voters}.",
      ko: "{name}은(는) 이미 {voters} 님이 승인했습니다.",
    },
    next: {
      en: "Follow the apply in the thread; /cloud cancel {name} stops it.",
      ko: "스레드에서 적용 상황을 확인하세요. 멈추려면 /cloud cancel {name} 을 실행하세요.",
    },
  },
  "vote-over": {
    detail: {
      en: "The vote on this plan of {name} is over: it ended as “{outcome}”.",
      ko: "{name}의 이 계획에 대한 투표는 끝났습니다. 결과: “{outcome}”",
    },
    next: {
      en: "Look at the newest card in the thread, or plan again: /cloud plan {name}.",
      ko: "스레드의 최신 카드를 확인하거나 /cloud plan {name} 으로 다시 계획하세요.",
    },
  },
  "plan-changed": {
    detail: {
      en: "The plan you saw of {name} is not the one that waits for approval now.",
      ko: "보신 {name}의 계획은 지금 승인을 기다리는 계획과 다릅니다.",
    },
    next: {
      en: "Look at the newest approval card and decide on that one.",
      ko: "최신 승인 카드를 확인하고 그 계획에 대해 결정하세요.",
    },
  },
  "plan-stale": {
    detail: {
      en: "The state of {name} has changed since this plan was made, so it must not be applied.",
      ko: "계획을 만든 뒤 {name}의 상태가 바뀌어서 이 계획은 적용할 수 없습니다.",
    },
    next: {
      en: "A new plan is being made; its card will stand in this thread.",
      ko: "새 계획을 만드는 중입니다. 카드가 이 스레드에 올라옵니다.",
    },
  },
  "plan-used": {
    detail: {
      en: "This plan of {name} was applied before; a plan is applied once.",
      ko: "{name}의 이 계획은 이미 적용되었습니다. 계획은 한 번만 적용됩니다.",
    },
    next: {
      en: "Plan again to change something: /cloud plan {name}.",
      ko: "다시 바꾸려면 /cloud plan {name} 으로 새로 계획하세요.",
    },
  },
  expired: {
    detail: {
      en: "This plan of {name} waited too long for approval and expired.",
      ko: "{name}의 이 계획은 승인 기한이 지나 만료되었습니다.",
    },
    next: {
      en: "Plan again: /cloud plan {name}.",
      ko: "다시 계획하세요: /cloud plan {name}",
    },
  },
  "not-approved": {
    detail: {
      en: "{name} is not approved, so it cannot be applied.",
      ko: "{name}은(는) 승인되지 않아 적용할 수 없습니다.",
    },
    next: {
      en: "Plan it, ask for approval, and let an approver vote on the card.",
      ko: "계획을 만들고 승인을 요청한 뒤 승인자의 투표를 기다리세요.",
    },
  },
  "rules-changed": {
    detail: {
      en: "The approval rules for {name} were changed after people had voted, so those votes are void.",
      ko: "투표가 시작된 뒤 {name}의 승인 규칙이 바뀌어 그 표는 무효가 되었습니다.",
    },
    next: {
      en: "The change is being planned anew; vote on its new card in this thread.",
      ko: "변경을 다시 계획하고 있습니다. 이 스레드에 올라올 새 카드에서 투표하세요.",
    },
  },
  "vote-frozen": {
    detail: {
      en: "{name} may not be approved or applied before {opens}: {reason}.",
      ko: "{name}은(는) {opens} 까지 승인하거나 적용할 수 없습니다: {reason}.",
    },
    next: {
      en: "Vote again after that, or ask an admin to end the freeze in the policy file. You can reject now.",
      ko: "그 뒤에 다시 투표하거나, 관리자에게 정책 파일의 변경 동결을 풀어 달라고 요청하세요. 반려는 지금도 할 수 있습니다.",
    },
  },
  "vote-closed": {
    detail: {
      en: "{name} may be approved and applied in its time window only; that opens {opens}.",
      ko: "{name}은(는) 정해진 시간에만 승인하고 적용할 수 있습니다. {opens} 부터 가능합니다.",
    },
    next: {
      en: "Vote again then. You can reject now.",
      ko: "그때 다시 투표하세요. 반려는 지금도 할 수 있습니다.",
    },
  },
  "votes-lost": {
    detail: {
      en: "{name} was approved, but somebody who approved it has lost the right since, so it waits for votes again.",
      ko: "{name}은(는) 승인되었지만 승인한 사람의 권한이 그 사이 없어져 다시 투표를 기다립니다.",
    },
    next: {
      en: "Somebody with the right approves on the card in the thread.",
      ko: "권한이 있는 사람이 스레드의 카드에서 승인해야 합니다.",
    },
  },
  "name-needed": {
    detail: {
      en: "This plan of {name} is risky: approving it needs the deployment's name typed in.",
      ko: "{name}의 이 계획은 위험해서 승인하려면 배포 이름을 직접 입력해야 합니다.",
    },
    next: {
      en: "Vote again with the name “{name}” typed into the confirmation field.",
      ko: "확인란에 “{name}”을(를) 입력하고 다시 투표하세요.",
    },
  },
} as const satisfies Record<string, RefusalWording>;
