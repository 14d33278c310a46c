import type { RefusalWording } from "./wording.ts";

/** Why a module is not let near a plan; for whoever writes modules. */
export const GATE_FAULTS = {
  "outside-data": {
    detail: {
      en: "The data source “{name}” runs a program, calls an address or reads another state while it is planned.",
      ko: "“{name}” 데이터 소스는 계획 중에 프로그램을 실행하거나 외부 주소 또는 다른 상태를 읽습니다.",
    },
    next: {
      en: "Remove it, and take the value as a variable.",
      ko: "데이터 소스를 빼고 값을 변수로 받아 주세요.",
    },
  },
  provisioner: {
    detail: {
      en: "“{name}” has a provisioner, which is code on the runner, and no exemption of it counts.",
      ko: "“{name}”에 실행기에서 코드를 돌리는 프로비저너가 있고, 인정되는 예외가 없습니다.",
    },
    next: {
      en: "Remove it. Or let module.yaml exempt no-provisioner and say why, and let whoever runs this server read the module and consent: MODULES_EXEMPT={module}:no-provisioner.",
      ko: "프로비저너를 빼 주세요. 꼭 필요하면 module.yaml에 no-provisioner 예외와 이유를 적고, 서버 운영자가 모듈을 읽어 본 뒤 MODULES_EXEMPT={module}:no-provisioner 설정으로 동의해야 합니다.",
    },
  },
  "outside-file": {
    detail: {
      en: "{call} may read a file of the runner: its path is not a fixed one inside the module.",
      ko: "{call}은(는) 실행기의 파일을 읽을 수 있습니다. 경로가 모듈 안의 고정된 위치가 아닙니다.",
    },
    next: {
      en: "Write the path as “${path.module}/name”, without .. and without other values in it.",
      ko: "경로를 “${path.module}/이름” 꼴로 쓰고 ..이나 다른 값은 넣지 마세요.",
    },
  },
  "own-block": {
    detail: {
      en: "The module has a {kind} block; the runner writes provider and backend.",
      ko: "모듈에 {kind} 블록이 있습니다. 프로바이더와 백엔드는 실행기가 씁니다.",
    },
    next: { en: "Remove the block.", ko: "블록을 빼 주세요." },
  },
  "import-block": {
    detail: {
      en: "The module has an import block, which takes over an object that somebody else made.",
      ko: "모듈에 다른 곳에서 만든 리소스를 가져오는 import 블록이 있습니다.",
    },
    next: {
      en: "Remove the block: the runner writes one itself where an interrupted apply needs it.",
      ko: "블록을 빼 주세요. 중단된 적용을 복구할 때 필요하면 실행기가 직접 씁니다.",
    },
  },
  "far-source": {
    detail: {
      en: "The module “{name}” is called from “{source}”, which is not fixed with this one.",
      ko: "“{name}” 모듈을 “{source}”에서 불러와서 이 모듈과 함께 고정되지 않습니다.",
    },
    next: {
      en: "Copy it into the folder and call it with a source of ./.",
      ko: "폴더 안에 복사한 뒤 ./ 경로로 불러 주세요.",
    },
  },
  "strange-provider": {
    detail: {
      en: "The provider “{provider}” is not one that runs may use: {allowed}.",
      ko: "“{provider}” 프로바이더는 실행에 쓸 수 없습니다. 쓸 수 있는 것: {allowed}.",
    },
    next: {
      en: "Do without it, or ask whoever runs this server.",
      ko: "다른 방법을 쓰거나 서버 운영자에게 문의해 주세요.",
    },
  },
  "provider-alias": {
    detail: {
      en: "The module wants more than one configuration of the provider “{provider}” (configuration_aliases), and the runner writes one.",
      ko: "모듈이 “{provider}” 프로바이더 설정을 여러 개 요구하는데(configuration_aliases), 실행기는 하나만 씁니다.",
    },
    next: {
      en: "Take configuration_aliases out and use the plain provider; a second region is a second deployment.",
      ko: "configuration_aliases를 빼고 기본 프로바이더를 써 주세요. 다른 리전은 별도 배포로 요청해 주세요.",
    },
  },
  reveals: {
    detail: {
      en: "{call} takes the mark off a secret, so that plans and logs would show it.",
      ko: "{call}은(는) 비밀 표시를 지워서 계획과 로그에 값이 드러나게 합니다.",
    },
    next: {
      en: "Leave the value sensitive.",
      ko: "값을 민감한 상태로 두세요.",
    },
  },
  "hidden-template": {
    detail: {
      en: "{call} renders a text that nobody can check beforehand.",
      ko: "{call}은(는) 미리 확인할 수 없는 글을 템플릿으로 실행합니다.",
    },
    next: {
      en: "Write the text as a template in the module.",
      ko: "모듈 안에 템플릿으로 직접 적어 주세요.",
    },
  },
  "unread-expression": {
    detail: {
      en: "This expression cannot be checked: {text}",
      ko: "이 표현식은 확인할 수 없습니다: {text}",
    },
    next: { en: "Write it in a simpler way.", ko: "더 단순하게 적어 주세요." },
  },
  "not-json": {
    detail: {
      en: "This is no JSON of Terraform: {problem}",
      ko: "테라폼 JSON이 아닙니다: {problem}",
    },
    next: {
      en: "Correct it; every key may stand once only.",
      ko: "고쳐 주세요. 같은 키는 한 번만 쓸 수 있습니다.",
    },
  },
} as const satisfies Record<string, RefusalWording>;
