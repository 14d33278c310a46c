import type { RefusalWording } from "./wording.ts";

/** Refusals of links, sessions and shells. */
export const SANDBOX_REFUSALS = {
  "link-unknown": {
    detail: {
      en: "This link leads nowhere: it is not one of ours, or a part of it is missing.",
      ko: "이 링크로는 들어갈 수 없습니다. 저희가 만든 링크가 아니거나 일부가 빠졌습니다.",
    },
    next: {
      en: "Go back to the card you have it from and press its button for a new link.",
      ko: "링크를 받은 카드로 돌아가 버튼을 눌러 새 링크를 받으세요.",
    },
  },
  "link-over": {
    detail: {
      en: "This link is over: each one opens once, and only within {minutes} minutes.",
      ko: "이 링크는 만료되었습니다. 링크는 {minutes}분 안에 한 번만 열 수 있습니다.",
    },
    next: {
      en: "Press the button on the card again for a new link.",
      ko: "카드의 버튼을 다시 눌러 새 링크를 받으세요.",
    },
  },
  "page-closed": {
    detail: {
      en: "This page is open to a person who came by their own link, and this browser has none, or its hour is over.",
      ko: "이 페이지는 본인 링크로 들어온 분에게만 열립니다. 이 브라우저에는 링크 기록이 없거나 한 시간이 지났습니다.",
    },
    next: {
      en: "Press “Details” on the deployment's card in the chat for a new link.",
      ko: "채팅의 배포 카드에서 “자세히”를 눌러 새 링크를 받으세요.",
    },
  },
  "link-malformed": {
    detail: {
      en: "The secret of the link did not arrive in the form this server reads.",
      ko: "링크의 비밀값이 서버가 읽을 수 있는 형식으로 오지 않았습니다.",
    },
    next: {
      en: "Open the whole link in a browser and press its button.",
      ko: "링크 전체를 브라우저에서 열고 버튼을 누르세요.",
    },
  },
  "link-of-another": {
    detail: {
      en: "This belongs to another person than the one this browser is signed in as.",
      ko: "이 브라우저에 들어와 있는 사람이 아닌 다른 분의 것입니다.",
    },
    next: {
      en: "Ask for a link of your own in the lesson, or use a private window for another person.",
      ko: "레슨에서 본인의 링크를 받으세요. 다른 사람으로 들어가려면 시크릿 창을 쓰세요.",
    },
  },
  "shell-not-allowed": {
    detail: {
      en: "{person} may not open a shell: the policy does not know this person any more.",
      ko: "{person}님은 셸을 열 수 없습니다. 현재 정책에 등록되어 있지 않습니다.",
    },
    next: {
      en: "Ask an administrator to add you to the policy file.",
      ko: "관리자에게 정책 파일에 추가해 달라고 요청하세요.",
    },
  },
  "shell-over": {
    detail: {
      en: "This shell is not open for this browser: nobody signed in here, or its time is over.",
      ko: "이 브라우저에서 열 수 있는 셸이 아닙니다. 들어온 적이 없거나 시간이 끝났습니다.",
    },
    next: {
      en: "Press the button in the lesson for a new link.",
      ko: "레슨의 버튼을 눌러 새 링크를 받으세요.",
    },
  },
  "shell-open-elsewhere": {
    detail: {
      en: "This shell is open in another tab already; one shell has one window.",
      ko: "이 셸은 이미 다른 탭에서 열려 있습니다. 셸 하나에는 창 하나만 연결됩니다.",
    },
    next: {
      en: "Go on in the other tab, or close it and reload this one.",
      ko: "다른 탭에서 계속하거나, 그 탭을 닫고 이 탭을 새로 고치세요.",
    },
  },
  "too-many-shells": {
    detail: {
      en: "You have {count} shells open, and {count} is the most one person may have.",
      ko: "이미 셸 {count}개를 열었습니다. 한 사람이 열 수 있는 최대 개수입니다.",
    },
    next: {
      en: "Type exit in one of them, then press the button again.",
      ko: "그중 하나에서 exit를 입력한 뒤 버튼을 다시 누르세요.",
    },
  },
  "host-full": {
    detail: {
      en: "All {count} shells of this server are in use.",
      ko: "이 서버의 셸 {count}개가 모두 사용 중입니다.",
    },
    next: {
      en: "Read on in the lesson and press the button again in a few minutes.",
      ko: "레슨을 이어서 읽고 몇 분 뒤에 버튼을 다시 누르세요.",
    },
  },
} as const satisfies Record<string, RefusalWording>;
