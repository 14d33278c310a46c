import type { Wording } from "./wording.ts";

/** What `npm run modules:check` finds in a module's text, for whoever writes modules. */
export const MODULE_RULES = {
  "no-description": {
    en: "“{name}” has no description. Say in one sentence what it is.",
    ko: "“{name}”에 설명이 없습니다. 무엇인지 한 문장으로 적어 주세요.",
  },
  "no-validation": {
    en: "The variable “{name}” has no validation. Add one that says which values make sense.",
    ko: "“{name}” 변수에 검증이 없습니다. 어떤 값이 맞는지 검증을 추가해 주세요.",
  },
  "any-type": {
    en: "The variable “{name}” takes any type. Write the type that it really takes.",
    ko: "“{name}” 변수가 any 타입입니다. 실제로 받는 타입을 적어 주세요.",
  },
  "not-pinned": {
    en: "required_version is “{version}”. Give it a lower and an upper bound: >= 1.11.0, < 2.0.0.",
    ko: "required_version이 “{version}”입니다. 하한과 상한을 모두 적어 주세요: >= 1.11.0, < 2.0.0.",
  },
  "own-provider": {
    en: "The module has a {kind} block. Remove it: the runner writes provider and backend.",
    ko: "모듈에 {kind} 블록이 있습니다. 프로바이더와 백엔드는 실행기가 쓰니 빼 주세요.",
  },
  "outside-module": {
    en: "The module “{name}” is called from “{source}”. Keep it inside the folder, with a source of ./.",
    ko: "“{name}” 모듈을 “{source}”에서 불러옵니다. 폴더 안에 두고 ./ 경로로 불러 주세요.",
  },
  "no-provisioner": {
    en: "“{name}” has a provisioner, which is code on the runner. Remove it, or name the exemption and its reason in module.yaml, which needs the consent of MODULES_EXEMPT.",
    ko: "“{name}”에 프로비저너가 있습니다. 실행기에서 도는 코드라서 빼거나, module.yaml에 예외와 이유를 적고 MODULES_EXEMPT로 동의받아 주세요.",
  },
  "no-such-lesson": {
    en: "module.yaml names the lesson “{lesson}”, which the curriculum does not have. Write one of its paths without .md, or take it out.",
    ko: "module.yaml에 적힌 “{lesson}” 강의가 커리큘럼에 없습니다. 커리큘럼 경로를 .md 없이 적거나 빼 주세요.",
  },
  "idle-exemption": {
    en: "The exemption “{rule}” exempts nothing. Take it out of module.yaml.",
    ko: "“{rule}” 예외가 쓰이지 않습니다. module.yaml에서 빼 주세요.",
  },
} as const satisfies Record<string, Wording>;

export type ModuleRuleCode = keyof typeof MODULE_RULES;

/** Lines of the command itself. */
export const MODULES_CHECK = {
  "no-terraform": {
    en: "Neither terraform nor tofu was found. Install one, or name it in TERRAFORM_BIN.",
    ko: "terraform도 tofu도 찾지 못했습니다. 하나를 설치하거나 TERRAFORM_BIN에 경로를 넣어 주세요.",
  },
  "no-readme": {
    en: "README.md is missing or lacks its markers. Write one with <!-- tables --> and <!-- /tables -->.",
    ko: "README.md가 없거나 표시가 없습니다. <!-- tables -->와 <!-- /tables -->를 넣어 작성해 주세요.",
  },
  "stale-readme": {
    en: "The tables of README.md are not those of the module. Run npm run modules:check -- --fix.",
    ko: "README.md의 표가 모듈과 다릅니다. npm run modules:check -- --fix를 실행해 주세요.",
  },
  "not-formatted": {
    en: "Not formatted: {files}. Run npm run modules:check -- --fix.",
    ko: "형식이 맞지 않습니다: {files}. npm run modules:check -- --fix를 실행해 주세요.",
  },
  "no-example": {
    en: "There is no examples/basic. Write the smallest use of the module there.",
    ko: "examples/basic이 없습니다. 가장 작은 사용 예를 적어 주세요.",
  },
  failed: {
    en: "terraform {command} ended with {code}: {output}",
    ko: "terraform {command} 명령이 {code}로 끝났습니다: {output}",
  },
  "not-clean": {
    en: "A second plan of {example} still has changes. The module must come to rest: {output}",
    ko: "{example}의 두 번째 계획에 변경이 남아 있습니다. 모듈은 변경이 없어야 합니다: {output}",
  },
  "left-over": {
    en: "After the destroy of {example} there is still: {output}",
    ko: "{example}을 삭제한 뒤에도 남은 것이 있습니다: {output}",
  },
} as const satisfies Record<string, Wording>;
