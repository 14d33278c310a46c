import type { RefusalWording, Wording } from "./wording.ts";
import { ADVICE } from "./advice.ts";

const USE_REGION: Wording = {
  en: "Ask again with {toEn}: region={to}.",
  ko: "{toKo}(으)로 다시 요청하세요: region={to}",
};

/** Advice that stops a request before any plan: the same sentence, and what to do instead. */
export const ADVICE_REFUSALS = {
  "unknown-region": {
    detail: ADVICE.unknown_region,
    next: {
      en: "Did you mean {toEn}? Ask again with region={to}. Available: {allowed}.",
      ko: "혹시 {toKo}인가요? region={to} 로 다시 요청하세요. 쓸 수 있는 리전: {allowed}",
    },
  },
  "wrong-cloud-region": {
    detail: ADVICE.wrong_cloud_region,
    next: {
      en: "On {cloud} that is {toEn}: ask again with region={to}, or choose a module of {othercloud}.",
      ko: "{cloud}에서는 {toKo}입니다. region={to} 로 다시 요청하거나 {othercloud}용 모듈을 고르세요.",
    },
  },
  "region-not-allowed": { detail: ADVICE.not_allowed, next: USE_REGION },
  "outside-residency": { detail: ADVICE.residency, next: USE_REGION },
  "dependency-region": {
    detail: ADVICE.dependency_region,
    next: {
      en: "Ask again with region={there}, or use parts of a deployment that is in {inEn}.",
      ko: "region={there} 로 다시 요청하거나 {inKo}에 있는 배포의 리소스를 쓰세요.",
    },
  },
  "too-many-zones": {
    detail: ADVICE.zones,
    next: {
      en: "Ask for {zones} zones at most, or choose a bigger region.",
      ko: "가용 영역을 {zones}개까지만 요청하거나 더 큰 리전을 고르세요.",
    },
  },
  "reserved-tags": {
    detail: ADVICE.reserved_tags,
    next: {
      en: "Leave them out and ask again; the platform sets its own by itself.",
      ko: "빼고 다시 요청하세요. 플랫폼의 태그는 자동으로 붙습니다.",
    },
  },
  "advice-over": {
    detail: {
      en: "This advice does not hold for {name} any more: its values or its surroundings have changed.",
      ko: "{name}의 값이나 주변 상황이 바뀌어 이 조언은 더 이상 맞지 않습니다.",
    },
    next: {
      en: "Look at it with /cloud status {name}, or ask for a plan with the values you want.",
      ko: "/cloud status {name} 으로 확인하거나 원하는 값으로 다시 계획하세요.",
    },
  },
} as const satisfies Record<string, RefusalWording>;
