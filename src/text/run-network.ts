import type { Wording } from "./wording.ts";

/** Why a connection of a run without a network came to nothing. */
export type NetworkRefusal = "private" | "port" | "unknown" | "away";

/** The same in the words of a status line, which Terraform's providers say again in their errors. */
export function phraseOf(why: NetworkRefusal, asked: string): string {
  return `Refused by RUN_NETWORK=none (${why}) ${asked.replaceAll(/[^\x21-\x7e]/g, "?").slice(0, 200)}`;
}

/** What `phraseOf` said, found in a longer text; null where it said nothing. */
export function readPhrase(text: string): { why: NetworkRefusal; asked: string } | null {
  const [, found, asked = ""] =
    /Refused by RUN_NETWORK=none \(([a-z]+)\) (\S+?)[.,;:")]*(?:\s|$)/.exec(text) ?? [];
  const why = REFUSALS.find((each) => each === found);
  return why === undefined ? null : { why, asked };
}

const REFUSALS = [
  "private",
  "port",
  "unknown",
  "away",
] as const satisfies readonly NetworkRefusal[];

/** By the code of a reason. */
export const NETWORK_REASONS = {
  "network-private": {
    en: "The run tried to reach {asked}. Runs of this server have no network and reach public addresses only, and that one is private, local or a metadata address. Correct the value that names it, or ask an administrator about RUN_NETWORK, then plan again.",
    ko: "실행이 {asked} 에 접속하려 했습니다. 이 서버의 실행은 네트워크가 없고 공인 주소에만 접속할 수 있는데, 그곳은 사설, 로컬 또는 메타데이터 주소입니다. 주소를 담은 값을 고치거나 관리자에게 RUN_NETWORK 설정을 문의한 뒤 다시 계획해 주세요.",
  },
  "network-port": {
    en: "The run tried to reach {asked}. Runs of this server have no network and reach others over HTTPS on port 443 only. Correct the value that names it, or ask an administrator about RUN_NETWORK, then plan again.",
    ko: "실행이 {asked} 에 접속하려 했습니다. 이 서버의 실행은 네트워크가 없고 443 포트의 HTTPS로만 외부에 접속할 수 있습니다. 주소를 담은 값을 고치거나 관리자에게 RUN_NETWORK 설정을 문의한 뒤 다시 계획해 주세요.",
  },
  "network-unknown": {
    en: "The run tried to reach {asked}, and that name is not known to this server. Correct the value that names it, or ask an administrator whether names can be looked up here, then plan again.",
    ko: "실행이 {asked} 에 접속하려 했지만 이 서버에서 그 이름을 찾을 수 없습니다. 주소를 담은 값을 고치거나 관리자에게 이름 조회가 되는지 확인한 뒤 다시 계획해 주세요.",
  },
  "network-away": {
    en: "The run tried to reach {asked}, which does not answer. Plan again in a while, or ask an administrator whether this server may reach it.",
    ko: "실행이 {asked} 에 접속하려 했지만 응답이 없습니다. 잠시 후 다시 계획하거나, 이 서버에서 그곳에 접속할 수 있는지 관리자에게 확인해 주세요.",
  },
} as const satisfies Record<`network-${NetworkRefusal}`, Wording>;
