import type { Card } from "#bots/card.ts";
import type { Advice } from "#deployments/advice.ts";
import type { DriftCheck, DriftResult } from "#deployments/drift.ts";
import type { Lang } from "#text/wording.ts";
import { adviceCard } from "./advice.ts";
import { driftCard } from "./drift.ts";
import * as facts from "./sample-facts.ts";

/** Every case of the cards of advice and of drift. */
export const CHECK_SAMPLES: Readonly<Record<string, (lang: Lang) => Card>> = {
  "advice.several": (lang) => advised(lang, [AWAY, OVERLAP, WEAK]),
  "advice.plain": (lang) => advised(lang, [NAME]),
  "advice.settled": (lang) =>
    adviceCard({
      setting: facts.setting(lang),
      deployment: network(),
      advice: [],
      notes: [PRESSED[lang]],
    }),
  "drift.under-way": (lang) => checked(lang, null),
  "drift.none": (lang) => checked(lang, found({ outcome: "none" })),
  "drift.outputs": (lang) =>
    checked(lang, found({ outcome: "outputs_only", outputs: ["manifest"] })),
  "drift.other-module": (lang) => {
    const lookedWith = { commit: "5d6e7f80a1b2".padEnd(40, "0"), insteadOf: "1a2b3c4d5e6f" };
    return checked(lang, found({ outcome: "outputs_only", outputs: ["endpoints"], lookedWith }));
  },
  "drift.changed": (lang) =>
    checked(lang, found({ outcome: "changed", items: [PUBLIC, TAGGED], more: 3 })),
  "drift.deleted": (lang) => checked(lang, found({ outcome: "deleted", items: [GONE, TAGGED] })),
  "drift.error": (lang) =>
    checked(
      lang,
      found({
        outcome: "error",
        reason: { code: "plan-failed", params: { error: "Error: no valid credential sources" } },
      }),
    ),
  "drift.skipped": (lang) => checked(lang, found({ outcome: "skipped" })),
};

const PRESSED = {
  en: "Dev pressed “Use ap-northeast-2”: it is planned again.",
  ko: "Dev 님이 “ap-northeast-2 사용”을(를) 눌러 다시 계획합니다.",
} as const satisfies Record<Lang, string>;

const AWAY: Advice = {
  level: "info",
  code: "away_from_team",
  params: {
    team: "dev-team",
    region: "us-east-1",
    inEn: "us-east-1 (N. Virginia)",
    inKo: "us-east-1 (버지니아 북부)",
    to: "ap-northeast-2",
    toEn: "ap-northeast-2 (Seoul)",
    toKo: "ap-northeast-2 (서울)",
  },
  suggested: { variable: "region", value: "ap-northeast-2" },
};
const OVERLAP: Advice = {
  level: "warn",
  code: "cidr_overlap",
  params: { variable: "cidr", range: "10.0.0.0/16", other: "10.0.0.0/20", deployment: "shop-net" },
  suggested: { variable: "cidr", value: "10.1.0.0/16" },
};
const WEAK: Advice = {
  level: "warn",
  code: "size_weak",
  params: { variable: "az_count", value: "1", usual: "2", environment: "prod" },
  suggested: { variable: "az_count", value: 2 },
};
const NAME: Advice = {
  level: "warn",
  code: "name_says_other",
  params: { name: "shop-prod", says: "prod", environment: "dev" },
  suggested: null,
};

const PUBLIC: DriftResult["items"][number] = {
  address: "module.this.aws_s3_bucket_public_access_block.this",
  type: "aws_s3_bucket_public_access_block",
  is: "changed",
  severity: "high",
  attributes: [{ path: "block_public_acls", before: "true", after: "false" }],
};
const TAGGED: DriftResult["items"][number] = {
  address: "module.this.aws_s3_bucket.this",
  type: "aws_s3_bucket",
  is: "changed",
  severity: "low",
  attributes: [
    { path: "tags.owner", before: "web", after: "data" },
    { path: "tags.note", before: "null", after: "by hand" },
  ],
};
const GONE: DriftResult["items"][number] = {
  address: "module.this.aws_s3_bucket_versioning.this",
  type: "aws_s3_bucket_versioning",
  is: "deleted",
  severity: "high",
  attributes: [],
};

function network() {
  return facts.deployment({ cloud: "aws", module: "aws_vpc", vars: { region: "us-east-1" } });
}

function advised(lang: Lang, advice: readonly Advice[]): Card {
  const setting = facts.setting(lang);
  return adviceCard({ setting, deployment: network(), advice, notes: [] });
}

function found(over: Partial<DriftResult>): DriftResult {
  return {
    outcome: "none",
    items: [],
    more: 0,
    outputs: [],
    lookedWith: null,
    reason: null,
    ...over,
  };
}

function checked(lang: Lang, result: DriftResult | null): Card {
  const deployment = facts.deployment(facts.LIVE);
  const check: DriftCheck = {
    run: facts.RUN,
    deployment: deployment.id,
    requester: facts.PEOPLE.dev,
    lang,
    place: null,
    requestKey: null,
    askedAt: facts.at("10:20"),
    endedAt: result === null ? null : facts.at("10:21"),
    result,
  };
  return driftCard({ setting: facts.setting(lang), deployment, check });
}
