import type { Card } from "#bots/card.ts";
import type { RunEvent } from "#deployments/run.ts";
import { refusal } from "#text/refusal.ts";
import type { Lang } from "#text/wording.ts";
import { aboutCard } from "./about.ts";
import { askCard } from "./ask.ts";
import { helpCard } from "./help.ts";
import { logsCard } from "./logs.ts";
import { exampleOf, modulesCard, type Listed } from "./modules.ts";
import { refusalCard } from "./refusal.ts";
import * as facts from "./sample-facts.ts";
import { deploymentCard, statusCard } from "./status.ts";

/** Every case of the cards that answer a question. */
export const INFO_SAMPLES: Readonly<Record<string, (lang: Lang) => Card>> = {
  "refusal.plain": (lang) =>
    refusalCard({
      setting: facts.setting(lang),
      refusal: refusal("not-found", { what: "deployment", id: "shop-dev" }),
    }),
  "refusal.variables": (lang) =>
    refusalCard({
      setting: facts.setting(lang),
      refusal: refusal("not-found", { what: "module", id: "local_app_env" }, [
        { variable: "owner", code: "not-text", params: { where: "owner" } },
        { variable: "replicas", code: "not-number", params: { where: "services[0].replicas" } },
      ]),
    }),
  "refusal.suggested": (lang) =>
    refusalCard({
      setting: facts.setting(lang),
      refusal: {
        ...refusal("unknown-region", {
          region: "seol",
          cloud: "aws",
          to: "ap-northeast-2",
          toEn: "ap-northeast-2 (Seoul)",
          toKo: "ap-northeast-2 (서울)",
          allowed: "ap-northeast-2, us-east-1",
        }),
        suggested: { variable: "region", value: "ap-northeast-2" },
        instead: "/cloud create aws_vpc name=shop region=ap-northeast-2",
      },
    }),
  "refusal.production": (lang) =>
    refusalCard({
      setting: facts.setting(lang),
      refusal: {
        ...refusal("wrong-variables", { count: 1 }, [
          {
            variable: "flow_logs",
            code: "prod-choice",
            params: { value: "false", choices: "true", first: "true" },
          },
        ]),
        suggested: { variable: "flow_logs", value: true },
        instead: "/cloud create gcp_network name=shop environment=prod flow_logs=true",
      },
    }),
  "help.plain": (lang) =>
    helpCard({
      setting: facts.setting(lang),
      examples: [exampleOf(facts.setting(lang), module())],
    }),
  "modules.plain": (lang) => modulesCard({ setting: facts.setting(lang), modules: [module()] }),
  "modules.none": (lang) => modulesCard({ setting: facts.setting(lang), modules: [] }),
  "status.list": (lang) => statusCard({ setting: facts.setting(lang), deployments: several() }),
  "status.none": (lang) => statusCard({ setting: facts.setting(lang), deployments: [] }),
  "status.live": (lang) =>
    deploymentCard({
      setting: facts.setting(lang),
      deployment: facts.deployment({
        ...facts.LIVE,
        lastChange: facts.ended({ outcome: "rejected", kind: "update" }),
      }),
    }),
  "status.under-way": (lang) =>
    deploymentCard({ setting: facts.setting(lang), deployment: underWay() }),
  "status.interrupted": (lang) =>
    deploymentCard({ setting: facts.setting(lang), deployment: interrupted() }),
  "logs.plain": (lang) =>
    logsCard({ setting: facts.setting(lang), deployment: facts.deployment(), events: events() }),
  "logs.none": (lang) =>
    logsCard({ setting: facts.setting(lang), deployment: facts.deployment(), events: [] }),
  "about.offline": (lang) =>
    aboutCard({
      setting: { ...facts.setting(lang), offline: true },
      model: "offline-rules-1",
      isolation: "open",
    }),
  "about.real": (lang) =>
    aboutCard({
      setting: { ...facts.setting(lang), simulated: false },
      model: "gemini-3.8-flash",
      isolation: "isolated",
    }),
  "about.doors-only": (lang) =>
    aboutCard({
      setting: facts.setting(lang),
      model: "gemini-3.8-flash",
      isolation: "elsewhere",
    }),
  "ask.choices": (lang) =>
    askCard({
      setting: { ...facts.setting(lang), offline: true },
      question: QUESTION[lang],
      choices: ["dev", "stg", "prod"].map((label) => ({ label, say: label })),
    }),
  "ask.open": (lang) =>
    askCard({ setting: facts.setting(lang), question: QUESTION[lang], choices: [] }),
};

const QUESTION = {
  en: "Which environment should it be for?",
  ko: "어느 환경에 만들까요?",
} as const satisfies Record<Lang, string>;

function several() {
  return [
    facts.deployment(facts.LIVE),
    underWay(),
    facts.deployment({ name: "shop-prod", environment: "prod", standing: { is: "destroyed" } }),
  ];
}

function underWay() {
  return facts.deployment({
    name: "shop-stg",
    environment: "stg",
    change: { ...facts.changeFacts("create"), state: "planning", run: facts.RUN },
  });
}

function interrupted() {
  return facts.deployment({
    standing: { is: "uncertain", intent: "apply", addresses: [] },
    lastChange: facts.ended({ outcome: "interrupted" }),
  });
}

function module(): Listed {
  return {
    name: "local_app_env",
    version: "1.0.0",
    cloud: "local",
    title: { en: "App environment", ko: "앱 환경" },
    summary: {
      en: "Services with ports and replicas, without any cloud account.",
      ko: "클라우드 계정 없이 포트와 복제본을 갖춘 서비스를 만듭니다.",
    },
    variables: [
      { name: "name", required: true },
      { name: "owner", required: true },
      { name: "services", required: false },
    ],
  };
}

function events(): RunEvent[] {
  const messages = [
    "terraform_data.environment: Creating...",
    "terraform_data.environment: Creation complete after 0s",
    "Apply complete! Resources: 2 added, 0 changed, 0 destroyed.",
  ];
  return messages.map((message, index) => ({
    seq: index + 1,
    at: facts.at("10:06"),
    type: "text",
    message,
    address: null,
  }));
}
