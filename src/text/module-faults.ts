import { GATE_FAULTS } from "./module-gate.ts";
import { REPOSITORY_FAULTS } from "./module-repository.ts";
import type { RefusalWording } from "./wording.ts";

/** Why a module folder cannot be offered; for whoever writes modules. */
export const MODULE_FAULTS = {
  ...GATE_FAULTS,
  ...REPOSITORY_FAULTS,
  "no-folder": {
    detail: {
      en: "The folder of modules cannot be read.",
      ko: "모듈 폴더를 읽을 수 없습니다.",
    },
    next: {
      en: "Set MODULES_SOURCE to a folder that has one folder per module.",
      ko: "모듈마다 폴더가 하나씩 있는 위치를 MODULES_SOURCE에 넣어 주세요.",
    },
  },
  "missing-file": {
    detail: {
      en: "The module has no such file, or it cannot be read.",
      ko: "모듈에 이 파일이 없거나 읽을 수 없습니다.",
    },
    next: {
      en: "Add the file, or take the folder out of the modules.",
      ko: "파일을 추가하거나 이 폴더를 모듈에서 빼 주세요.",
    },
  },
  "not-hcl": {
    detail: {
      en: "Terraform's language is broken here: {problem}",
      ko: "테라폼 문법이 잘못되었습니다: {problem}",
    },
    next: {
      en: "Correct the line; terraform validate shows the same place.",
      ko: "이 줄을 고쳐 주세요. terraform validate도 같은 위치를 알려 줍니다.",
    },
  },
  "not-yaml": {
    detail: { en: "This is no YAML: {problem}", ko: "YAML 문법이 잘못되었습니다: {problem}" },
    next: { en: "Correct the line.", ko: "이 줄을 고쳐 주세요." },
  },
  "wrong-key": {
    detail: {
      en: "“{key}” is not as it must be: {problem}",
      ko: "“{key}” 값이 잘못되었습니다: {problem}",
    },
    next: {
      en: "Correct it; terraform/modules/local_app_env/module.yaml shows every key.",
      ko: "값을 고쳐 주세요. 모든 키는 terraform/modules/local_app_env/module.yaml에서 볼 수 있습니다.",
    },
  },
  "wrong-name": {
    detail: {
      en: "The module is named “{name}”, but its folder “{folder}”.",
      ko: "모듈 이름은 “{name}”인데 폴더 이름은 “{folder}”입니다.",
    },
    next: { en: "Give both the same name.", ko: "두 이름을 같게 맞춰 주세요." },
  },
  "unknown-variable": {
    detail: {
      en: "“{key}” names the variable “{variable}”, which variables.tf does not declare.",
      ko: "“{key}”에 적힌 “{variable}” 변수가 variables.tf에 없습니다.",
    },
    next: {
      en: "Declare the variable, or take the name out.",
      ko: "변수를 선언하거나 이름을 빼 주세요.",
    },
  },
  "unlabelled-variable": {
    detail: {
      en: "“{key}” says nothing about the variable “{variable}” of variables.tf.",
      ko: "variables.tf의 “{variable}” 변수가 “{key}”에 없습니다.",
    },
    next: { en: "Add the variable there.", ko: "그곳에 변수를 추가해 주세요." },
  },
  "unknown-choice": {
    detail: {
      en: "“{key}” names “{value}”, but the variable's contains([...]) does not allow it.",
      ko: "“{key}”에 적힌 “{value}” 값은 변수의 contains([...])에 없습니다.",
    },
    next: {
      en: "Name only values that the validation allows.",
      ko: "검증에서 허용하는 값만 적어 주세요.",
    },
  },
  "unknown-output": {
    detail: {
      en: "“{key}” names the output “{output}”, which the module does not have.",
      ko: "“{key}”에 적힌 “{output}” 출력이 모듈에 없습니다.",
    },
    next: {
      en: "Declare the output, or take the name out.",
      ko: "출력을 선언하거나 이름을 빼 주세요.",
    },
  },
  "no-type": {
    detail: {
      en: "The variable “{variable}” has no type.",
      ko: "“{variable}” 변수에 타입이 없습니다.",
    },
    next: {
      en: "Give it a type, so that forms and checks know what it takes.",
      ko: "폼과 검사가 값을 알 수 있도록 타입을 적어 주세요.",
    },
  },
  "strange-type": {
    detail: {
      en: "The type of the variable “{variable}” cannot be read: {problem}",
      ko: "“{variable}” 변수의 타입을 읽을 수 없습니다: {problem}",
    },
    next: {
      en: "Use string, number, bool, list, set, map, object, tuple, optional or any.",
      ko: "string, number, bool, list, set, map, object, tuple, optional, any 중에서 써 주세요.",
    },
  },
  "no-version": {
    detail: {
      en: "The module does not say which Terraform it needs.",
      ko: "모듈에 필요한 테라폼 버전이 적혀 있지 않습니다.",
    },
    next: {
      en: "Set required_version with a lower and an upper bound.",
      ko: "required_version에 하한과 상한을 적어 주세요.",
    },
  },
  "loose-provider": {
    detail: {
      en: "The provider “{provider}” lacks its source or its version.",
      ko: "“{provider}” 프로바이더에 source나 version이 없습니다.",
    },
    next: {
      en: 'Write both in required_providers: source = "hashicorp/aws", version = ">= 6.0.0, < 7.0.0".',
      ko: 'required_providers에 둘 다 적어 주세요: source = "hashicorp/aws", version = ">= 6.0.0, < 7.0.0".',
    },
  },
  "region-variable": {
    detail: {
      en: "“region.var” is “{variable}”, which variables.tf does not declare.",
      ko: "“region.var”에 적힌 “{variable}” 변수가 variables.tf에 없습니다.",
    },
    next: {
      en: "Declare it, or leave region.var out: the provider then gets the region.",
      ko: "변수를 선언하거나 region.var를 빼 주세요. 그러면 리전이 프로바이더에만 전달됩니다.",
    },
  },
  "too-big": {
    detail: {
      en: "The module is over {files} files or {megabytes} MB, and every plan keeps a copy of it.",
      ko: "모듈이 파일 {files}개 또는 {megabytes} MB를 넘습니다. 계획마다 모듈 사본을 보관합니다.",
    },
    next: {
      en: "Take out what Terraform does not read.",
      ko: "테라폼이 읽지 않는 파일을 빼 주세요.",
    },
  },
  link: {
    detail: {
      en: "This is neither a file nor a folder; a link may lead out of the module.",
      ko: "파일도 폴더도 아닙니다. 링크는 모듈 밖을 가리킬 수 있습니다.",
    },
    next: {
      en: "Put the file itself in its place.",
      ko: "링크 대신 파일을 직접 넣어 주세요.",
    },
  },
} as const satisfies Record<string, RefusalWording>;

export type ModuleFaultCode = keyof typeof MODULE_FAULTS;
