import type { Wording } from "./wording.ts";

/** Lines of `npm run providers -- sync`, for operators. */
export const PROVIDERS = {
  usage: {
    en: "Usage: npm run providers -- sync. It fetches the providers of all modules into {folder}.",
    ko: "사용법: npm run providers -- sync. 모든 모듈의 프로바이더를 {folder} 에 받아 둡니다.",
  },
  nothing: {
    en: "No module needs a provider; there is nothing to fetch.",
    ko: "프로바이더가 필요한 모듈이 없어 받을 것이 없습니다.",
  },
  fetched: {
    en: "fetched  {source} {version}",
    ko: "받음      {source} {version}",
  },
  present: {
    en: "there    {source} {version}",
    ko: "이미 있음  {source} {version}",
  },
  failed: {
    en: "FAILED   {source} ({range}): {problem}",
    ko: "실패      {source} ({range}): {problem}",
  },
  done: {
    en: "Every provider is in {folder}. Runs of CLOUD=real install from there and from nowhere else.",
    ko: "모든 프로바이더가 {folder} 에 있습니다. CLOUD=real 실행은 이곳에서만 설치합니다.",
  },
  missing: {
    en: "{count} of {all} could not be fetched. Check that this machine reaches registry.terraform.io and the download hosts of the providers (HTTPS_PROXY is used if set) and run it again, or copy them in by hand: {folder}/registry.terraform.io/hashicorp/<name>/<version>/<os_arch>/.",
    ko: "{all}개 중 {count}개를 받지 못했습니다. 이 컴퓨터에서 registry.terraform.io 와 프로바이더 다운로드 호스트에 연결되는지 확인하고(HTTPS_PROXY 설정을 씁니다) 다시 실행하거나, 직접 복사해 넣으세요: {folder}/registry.terraform.io/hashicorp/<이름>/<버전>/<os_arch>/.",
  },
  held: {
    en: "Another sync (pid {pid}) is filling {folder}; wait for it to end.",
    ko: "다른 동기화(pid {pid})가 {folder} 에 받는 중입니다. 끝날 때까지 기다리세요.",
  },
  "no-terraform": {
    en: "Neither terraform nor tofu was found. Install one, or name it in TERRAFORM_BIN.",
    ko: "terraform도 tofu도 찾지 못했습니다. 하나를 설치하거나 TERRAFORM_BIN에 경로를 넣으세요.",
  },
} as const satisfies Record<string, Wording>;
