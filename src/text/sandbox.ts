import type { Wording } from "./wording.ts";

/** What the pages of a link and of a shell say, and what a shell says about itself. */
export const SANDBOX = {
  linkTitle: { en: "Your personal link", ko: "나만의 링크" },
  linkText: {
    en: "This link is yours alone and opens once. Press the button to go where it leads.",
    ko: "이 링크는 본인만 쓸 수 있고 한 번만 열립니다. 버튼을 누르면 이동합니다.",
  },
  linkButton: { en: "Open", ko: "열기" },
  linkIncomplete: {
    en: "The end of the link (what follows #) is missing. Copy the whole link from the chat.",
    ko: "링크의 끝부분(# 뒤)이 없습니다. 채팅에서 링크 전체를 복사해 주세요.",
  },
  unreachable: {
    en: "The server did not answer. Check the connection and press the button again.",
    ko: "서버가 응답하지 않습니다. 연결을 확인하고 버튼을 다시 눌러 주세요.",
  },
  shellTitle: { en: "Lesson and shell", ko: "레슨과 셸" },
  terminalLabel: { en: "Shell", ko: "셸" },
  lessonMissing: {
    en: "The text of this lesson is not there any more. The shell works all the same.",
    ko: "이 레슨의 내용이 더 이상 없습니다. 셸은 그대로 쓸 수 있습니다.",
  },
  bubblewrap: {
    en: "A real shell, shut in by bubblewrap: no network, 16 MB of disk, gone after 60 minutes.",
    ko: "bubblewrap으로 격리된 실제 셸입니다. 네트워크 없음, 디스크 16MB, 60분 뒤 사라집니다.",
  },
  "just-bash": {
    en: "A simulated shell (just-bash), because bubblewrap does not work on this server: terraform and git are not in it.",
    ko: "이 서버에서 bubblewrap을 쓸 수 없어 모의 셸(just-bash)을 씁니다. terraform과 git은 없습니다.",
  },
  needsBubblewrap: {
    en: "{command}: needs bubblewrap, which does not work on this server. Read this part, or ask the operator to install bubblewrap.",
    ko: "{command}: bubblewrap이 필요하지만 이 서버에서는 쓸 수 없습니다. 이 부분은 읽기만 하거나 운영자에게 bubblewrap 설치를 요청하세요.",
  },
  stuck: {
    en: "The command did not end and was stopped. The shell started again, without its files.",
    ko: "명령이 끝나지 않아 중단했습니다. 셸을 다시 시작했으며 파일은 남아 있지 않습니다.",
  },
  connecting: { en: "Connecting …", ko: "연결하는 중 …" },
  notConnected: {
    en: "The shell did not connect. If it is open in another tab, go on there; else reload this page.",
    ko: "셸에 연결하지 못했습니다. 다른 탭에서 열려 있으면 그곳에서 계속하고, 아니면 페이지를 새로 고치세요.",
  },
  lost: {
    en: "The connection was lost. Reload this page within a minute to go on in the same shell.",
    ko: "연결이 끊어졌습니다. 1분 안에 페이지를 새로 고치면 같은 셸에서 계속할 수 있습니다.",
  },
  exit: {
    en: "The shell has ended. Press the button in the lesson for a new one.",
    ko: "셸이 끝났습니다. 새로 열려면 레슨의 버튼을 누르세요.",
  },
  idle: {
    en: "Nothing was typed for a while, so the shell was closed. Press the button in the lesson for a new one.",
    ko: "한동안 입력이 없어 셸을 닫았습니다. 새로 열려면 레슨의 버튼을 누르세요.",
  },
  time: {
    en: "The time of this shell is over. Press the button in the lesson for a new one.",
    ko: "이 셸의 사용 시간이 끝났습니다. 새로 열려면 레슨의 버튼을 누르세요.",
  },
  output: {
    en: "The shell printed more than it may, so it was closed. Press the button in the lesson for a new one.",
    ko: "출력이 허용량을 넘어 셸을 닫았습니다. 새로 열려면 레슨의 버튼을 누르세요.",
  },
  left: {
    en: "Nobody was connected to the shell, so it was closed. Press the button in the lesson for a new one.",
    ko: "연결된 사람이 없어 셸을 닫았습니다. 새로 열려면 레슨의 버튼을 누르세요.",
  },
  stopped: {
    en: "The server is restarting, so the shell was closed. Press the button in the lesson in a minute.",
    ko: "서버를 다시 시작하고 있어 셸을 닫았습니다. 잠시 뒤 레슨의 버튼을 누르세요.",
  },
} as const satisfies Record<string, Wording>;
