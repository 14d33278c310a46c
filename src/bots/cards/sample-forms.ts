import type { Card } from "#bots/card.ts";
import type { Field } from "#bots/field.ts";
import type { Form } from "#bots/forms/form.ts";
import { DeploymentId } from "#deployments/ids.ts";
import { FORM } from "#text/forms.ts";
import { say, type Lang } from "#text/wording.ts";
import { formCard, sentCard } from "./form.ts";
import * as facts from "./sample-facts.ts";

/** Every case of the form card, with a field of every kind. */
export const FORM_SAMPLES: Readonly<Record<string, (lang: Lang) => Card>> = {
  "form.every-kind": (lang) => drawn(lang, newForm(lang)),
  "form.wrong": (lang) => drawn(lang, wrongForm(lang)),
  "form.change": (lang) => drawn(lang, changeForm(lang)),
  "form.sent": (lang) => {
    const note = say(FORM.sent, lang, { who: "Dev", name: "shop-dev" });
    return sentCard({ card: drawn(lang, newForm(lang)), note });
  },
};

function drawn(lang: Lang, form: Form): Card {
  return formCard({ setting: facts.setting(lang), form });
}

function newForm(lang: Lang): Form {
  return {
    lang,
    simulated: true,
    title: say(FORM.newTitle, lang, { title: TITLE[lang] }),
    intro: FORM.newIntro[lang],
    fields: Object.values(fields(lang)),
    advanced: advanced(lang),
    left: [],
    send: { label: FORM.send[lang], value: { do: "request", module: "local_app_env" } },
  };
}

function wrongForm(lang: Lang): Form {
  const { name, zones, ...others } = fields(lang);
  return {
    ...newForm(lang),
    intro: say(FORM.wrongIntro, lang, { n: 2 }),
    fields: [
      { ...name, value: "Shop", problem: WRONG.name[lang] },
      { ...zones, value: "seven" },
      ...Object.values(others),
    ],
    advanced: advanced(lang).map((field) => ({ ...field, problem: WRONG.ports[lang] })),
  };
}

function changeForm(lang: Lang): Form {
  const { size, rotate, password } = fields(lang);
  const deployment = DeploymentId.parse("dep-aaaaaaaaaa");
  return {
    ...newForm(lang),
    title: say(FORM.changeTitle, lang, { name: "shop-dev" }),
    intro: FORM.changeIntro[lang],
    fields: [size, rotate, { ...password, required: false, hint: FORM.keepsSecret[lang] }],
    advanced: [],
    left: ["notes"],
    send: { label: FORM.send[lang], value: { do: "change", deployment } },
  };
}

const TITLE = { en: "App environment", ko: "앱 환경" } as const satisfies Record<Lang, string>;

const WRONG = {
  name: {
    en: "The name “Shop” cannot be used. Take 3 to 32 lower-case letters, digits and hyphens.",
    ko: "“Shop” 이름은 쓸 수 없습니다. 소문자, 숫자, 하이픈으로 3~32자를 써 주세요.",
  },
  ports: {
    en: "“ingress” cannot be read as JSON: a bracket, a comma or a quote is out of place.",
    ko: "“ingress” 값을 JSON으로 읽을 수 없습니다. 괄호, 쉼표, 따옴표를 확인해 주세요.",
  },
} as const satisfies Record<string, Record<Lang, string>>;

function fields(lang: Lang) {
  return { ...typed(lang), ...chosen(lang), ...long(lang) };
}

function typed(lang: Lang) {
  return {
    name: {
      id: "own_name",
      label: FORM.name[lang],
      required: true,
      hint: FORM.nameHint[lang],
    },
    zones: {
      id: "var_zones",
      label: LABELS.zones[lang],
      required: true,
      kind: "number",
      whole: true,
      least: 1,
      most: 6,
      value: "2",
      hint: say(FORM.between, lang, { least: 1, most: 6 }),
    },
  } as const satisfies Record<string, Field>;
}

function chosen(lang: Lang) {
  return {
    size: {
      id: "var_size",
      label: LABELS.size[lang],
      required: false,
      kind: "choice",
      options: ["t3.micro", "t3.small", "m7i.large"].map((value) => ({ value, label: value })),
      value: "t3.small",
    },
    region: {
      id: "var_region",
      label: LABELS.region[lang],
      required: false,
      kind: "choice",
      options: Array.from({ length: 40 }, (_, at) => ({
        value: `region-${at}`,
        label: `region-${at}`,
      })),
      value: "region-3",
    },
    logs: {
      id: "var_logs",
      label: LABELS.logs[lang],
      required: false,
      kind: "choices",
      options: ["api", "audit", "scheduler"].map((value) => ({ value, label: value })),
      value: "api,audit",
    },
    rotate: {
      id: "var_rotate",
      label: LABELS.rotate[lang],
      required: false,
      kind: "toggle",
      value: "true",
    },
  } as const satisfies Record<string, Field>;
}

function long(lang: Lang) {
  return {
    subnets: {
      id: "var_subnets",
      label: LABELS.subnets[lang],
      required: true,
      kind: "lines",
      placeholder: "subnet-0a1b2c3d",
      hint: FORM.onePerLine[lang],
      value: "subnet-0a1b2c3d\nsubnet-1b2c3d4e",
    },
    password: {
      id: "var_password",
      label: LABELS.password[lang],
      required: true,
      kind: "secret",
      hint: FORM.secret[lang],
    },
  } as const satisfies Record<string, Field>;
}

function advanced(lang: Lang): Field[] {
  return [
    {
      id: "var_ingress",
      label: LABELS.ingress[lang],
      required: false,
      kind: "lines",
      placeholder: '[{"port": 443, "cidr": "10.0.0.0/8"}]',
      hint: FORM.asJson[lang],
    },
  ];
}

const LABELS = {
  zones: { en: "Zones", ko: "가용 영역" },
  size: { en: "Size", ko: "크기" },
  region: { en: "Region", ko: "리전" },
  logs: { en: "Logs to keep", ko: "남길 로그" },
  rotate: { en: "Rotate keys", ko: "키 교체" },
  subnets: { en: "Subnets", ko: "서브넷" },
  password: { en: "Password", ko: "비밀번호" },
  ingress: { en: "Open ports", ko: "열어 둘 포트" },
} as const satisfies Record<string, Record<Lang, string>>;
