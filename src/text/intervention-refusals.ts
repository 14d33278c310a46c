import type { RefusalWording } from "./wording.ts";

/** Refusals of what people do to a run that does not end by itself. */
export const INTERVENTION_REFUSALS = {
  "person-needed": {
    detail: {
      en: "A token or an agent may not do this; only a signed-in person may.",
      ko: "토큰이나 에이전트는 이 작업을 할 수 없습니다. 로그인한 사람만 할 수 있습니다.",
    },
    next: {
      en: "Press the button on the card yourself.",
      ko: "카드의 버튼을 직접 누르세요.",
    },
  },
  "name-to-confirm": {
    detail: {
      en: "This cannot be undone, so it needs the name {name} typed in.",
      ko: "되돌릴 수 없는 작업이라 이름 {name}을(를) 직접 입력해야 합니다.",
    },
    next: {
      en: "Do it again with “{name}” typed into the confirmation field.",
      ko: "확인란에 “{name}”을(를) 입력하고 다시 시도하세요.",
    },
  },
  "nothing-to-force": {
    detail: {
      en: "{name} is not being applied, so there is nothing to force.",
      ko: "{name}은(는) 적용 중이 아니라서 강제로 멈출 것이 없습니다.",
    },
    next: {
      en: "Look at the newest card in the thread.",
      ko: "스레드의 최신 카드를 확인하세요.",
    },
  },
  "stop-first": {
    detail: {
      en: "The apply of {name} was not asked to stop yet.",
      ko: "{name} 적용에 아직 중지를 요청하지 않았습니다.",
    },
    next: {
      en: "Press “Cancel” first: Terraform then finishes what it has begun and loses nothing.",
      ko: "먼저 “취소”를 누르세요. Terraform이 시작한 작업을 마저 끝내므로 잃는 것이 없습니다.",
    },
  },
  "still-stopping": {
    detail: {
      en: "The apply of {name} was asked to stop and still has time to do so by itself.",
      ko: "{name} 적용에 중지를 요청했고, 스스로 멈출 시간이 아직 남아 있습니다.",
    },
    next: {
      en: "Wait up to {minutes} more minutes; then it can be forced.",
      ko: "최대 {minutes}분 더 기다리세요. 그 뒤에는 강제로 멈출 수 있습니다.",
    },
  },
  "nothing-held": {
    detail: {
      en: "Nobody holds the lock of {name}, and no run of it is open.",
      ko: "{name}의 잠금을 쥐고 있는 작업도, 열려 있는 실행도 없습니다.",
    },
    next: {
      en: "Plan it again; nothing stands in the way.",
      ko: "막는 것이 없으니 다시 계획하세요.",
    },
  },
  "nothing-held-here": {
    detail: {
      en: "No run of ours is open for {name}. Its state is in the bucket {bucket}, where others may hold its lock.",
      ko: "{name}에 열려 있는 실행이 없습니다. 상태는 버킷 {bucket}에 있어 다른 작업이 잠금을 쥐고 있을 수 있습니다.",
    },
    next: {
      en: "Plan and apply again: a lock that a dead run of ours left is removed then. If the report names another holder, make sure that it is dead, then run “terraform force-unlock” with the lock's id there.",
      ko: "다시 계획하고 적용하세요. 이쪽의 죽은 실행이 남긴 잠금은 그때 풀립니다. 결과에 다른 사용자가 나오면 그 작업이 죽었는지 확인한 뒤, 그쪽에서 잠금 ID로 “terraform force-unlock”을 실행하세요.",
    },
  },
  "holder-alive": {
    detail: {
      en: "The run that holds the lock of {name} is alive: its worker was heard from a moment ago.",
      ko: "{name}의 잠금을 쥔 실행은 살아 있습니다. 작업기가 방금 응답했습니다.",
    },
    next: {
      en: "Wait for its end, or cancel it with /cloud cancel {name}.",
      ko: "끝나기를 기다리거나 /cloud cancel {name} 으로 취소하세요.",
    },
  },
} as const satisfies Record<string, RefusalWording>;
