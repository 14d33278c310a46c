import type { Lang } from "./wording.ts";

/**
 * A way to ask for a tool: `(a|b)` one of them, `[a]` may be left out, `{slot}` must be in the
 * sentence. Order of the literal parts counts, what stands between them does not.
 * `gives` are arguments that the wording itself decides.
 */
export type Phrase =
  | string
  | {
      readonly say: string;
      readonly gives?: Readonly<Record<string, string>>;
      /** Counts only when nothing else that matters stands in the sentence. */
      readonly alone?: true;
      /** Polite words that many requests share ("show me", "need"): any plainer wording wins. */
      readonly weak?: true;
      /** A request without a verb: counts only when no other word stands in the sentence. */
      readonly bare?: true;
    };

export type ToolPhrases = {
  readonly ask: Readonly<Record<Lang, readonly Phrase[]>>;
  /** One whole sentence that shows how to ask; null: not shown as an example. */
  readonly example: Readonly<Record<Lang, string>> | null;
};

export const PHRASES = {
  create_deployment: {
    ask: {
      en: [
        "(create|build|provision|spin up|set up|bring up)",
        {
          say: "(make|launch|get|new|need|want|like|give me|get me|deploy|start|add|request|order|have) {module}",
          weak: true,
        },
        { say: "{environment} {module}", bare: true },
        { say: "{module} {place}", bare: true },
        { say: "{module} {name}", bare: true },
        { say: "{module} (please|pls|plz)", bare: true },
      ],
      ko: [
        "(만들|만드|생성|구축|프로비저닝)",
        {
          say: "{module} (띄워|띄우|필요|준비|세팅|셋업|올려|올리|배포|추가|주세요|줘|부탁|신청|원해|원합)",
          weak: true,
        },
        { say: "{environment} {module}", bare: true },
        { say: "{place} {module}", bare: true },
        { say: "{name} {module}", bare: true },
        { say: "{module} (하나|한 개)", bare: true },
      ],
    },
    example: {
      en: "I need a staging {module} called shop",
      ko: "shop이라는 스테이징 {module} 만들어줘",
    },
  },
  plan_deployment: {
    ask: {
      en: [
        "(plan|replan|re-plan|plan again|new plan for) {deployment}",
        { say: "(change|update|modify|set|scale|resize) {deployment} {vars}", weak: true },
        "(plan|replan|re-plan)",
      ],
      ko: [
        "{deployment} (플랜|계획)",
        {
          say: "{deployment} {vars} (변경|바꿔|바꾸|수정|고쳐|업데이트|늘려|늘리|줄여|줄이)",
          weak: true,
        },
        "(플랜|계획)",
      ],
    },
    example: null,
  },
  get_deployment: {
    ask: {
      en: [
        "(status|status of|state of|details of) {deployment}",
        { say: "(how is|how's|show|show me|describe|look at|what about) {deployment}", weak: true },
        { say: "(why did|why has|what went wrong with) {deployment} [fail]", weak: true },
        { say: "is {deployment} (ready|up|done|running|live|there)", weak: true },
        "(who approved|who requested|who asked for|what happened to|where is) {deployment}",
        "{deployment} (status|details)",
      ],
      ko: [
        "{deployment} (상태|상세)",
        {
          say: "{deployment} (배포 보여|배포 알려|배포 어때|왜|어때|어떻게 됐|어떻게 되|보여|알려|어디까지|누가|왜 실패)",
          weak: true,
        },
      ],
    },
    example: null,
  },
  list_deployments: {
    ask: {
      en: [
        "(what runs|what is running|what's running|what are we running|what do we run|anything running)",
        {
          say: "(list|show|all|my|our|which|what|any) (deployment|environment|infrastructure)",
          weak: true,
        },
        "(what is in|what's in) {environment}",
        "(what do we have|what do i have|what have we got|what is there|what's up)",
        "status",
      ],
      ko: [
        "(뭐가|무엇이|어떤 게|어떤 것이) (돌아|떠 있|실행)",
        {
          say: "(뭐가|뭐|무엇이|무엇|어떤 게|어떤 것) (돌아|떠 있|실행|있어|있나|있지|운영)",
          weak: true,
        },
        { say: "(무슨|어떤|어느) (배포|환경|인프라)", weak: true },
        {
          say: "(배포|환경|인프라)(|가|이|는|은) (뭐 있|뭐가 있|무엇이 있|있어|있나|있는지|있습)",
          weak: true,
        },
        { say: "(배포|환경|인프라)(|를|을) (보여|알려)", weak: true, alone: true },
        "(실행 중|실행중|돌아가는|돌아가고|돌고 있|떠 있는|배포 목록|배포 현황|환경 목록|목록|현황|배포된|내 배포|내 환경)",
        "상태",
      ],
    },
    example: { en: "what runs in staging?", ko: "스테이징에 뭐가 돌아가?" },
  },
  get_logs: {
    ask: {
      en: ["(log|logs|log of|logs of|logs for|output of the run of)"],
      ko: ["(로그|실행 기록)"],
    },
    example: null,
  },
  check_drift: {
    ask: {
      en: [
        "(drift|drifted|drift of|drift in|check drift|drift check|check for drift) [{deployment}]",
        "(did|has) (someone|somebody|anyone|anybody) (change|changed|touch|touched) {deployment}",
        "(changed|touched|edited) [{deployment}] (by hand|in the console|outside)",
      ],
      ko: [
        "[{deployment}] (드리프트|수동 변경|임의 변경)",
        "{deployment} (실제 상태|손댔|직접 바꿨|콘솔에서)",
      ],
    },
    example: { en: "has shop drifted?", ko: "shop 드리프트 확인해 줘" },
  },
  cancel_deployment: {
    ask: {
      en: ["(cancel|abort|stop|withdraw|call off) [{deployment}]"],
      ko: ["[{deployment}] (취소|중단|멈춰|멈추|그만|중지|철회)"],
    },
    example: null,
  },
  destroy_deployment: {
    ask: {
      en: [
        "(destroy|delete|tear down|take down|get rid of|decommission|remove) [{deployment}]",
        "tear {deployment} down",
      ],
      ko: ["[{deployment}] (삭제|지워|지우|없애|제거|파괴|내려|철거|폐기)"],
    },
    example: { en: "destroy shop", ko: "shop 지워줘" },
  },
  open_form: {
    ask: {
      en: ["(form|fill in|fill out) {module}", "{module} (form|fill in|fill out)"],
      ko: ["{module} (양식|입력 폼|신청서)"],
    },
    example: null,
  },
  list_modules: {
    ask: {
      en: [
        "(modules|module list|catalogue|catalog)",
        "what (can|could|may) (i|we) (create|make|build|deploy|provision|request|order|ask for|get|have)",
        "what is available",
        "what (can|could|may) you (create|make|build|deploy|provision)",
      ],
      ko: [
        "(모듈|카탈로그)",
        "(뭘|뭐를|뭐|무엇을|무얼|어떤 걸|어떤 것을|어떤 환경을) (만들 수 있|만들어 줄|만들 수|배포할 수|요청할 수)",
      ],
    },
    example: { en: "show me the modules", ko: "모듈 보여줘" },
  },
  list_lessons: {
    ask: {
      en: [
        { say: "lesson", alone: true },
        "(lessons|lesson list|list of lessons|courses|curriculum|syllabus|tutorials)",
        "(what can i learn|want to learn|like to learn|teach me|something to learn|learn something)",
      ],
      ko: [
        "(레슨 목록|레슨|강의 목록|강의|수업 목록|수업|커리큘럼|교육 과정|배울 수 있는|배울 만한|뭘 배울|무엇을 배울)",
        "(배우고 싶|공부하고 싶)",
      ],
    },
    example: null,
  },
  open_lesson: {
    ask: {
      en: [
        "(teach me|teach me about|learn|learn about|learn how to|teach me how to|show me how to) {lesson}",
        "(lesson|lesson on|lesson about|course on|course about|open lesson|open the lesson|start the lesson|tutorial on) {lesson}",
        "(start|open|begin|do) {lesson} (lesson|course|tutorial)",
        { say: "open {lesson}", weak: true },
        "(want to learn|want to learn about|like to learn|like to learn about) {lesson}",
        {
          say: "(next|next step|next lesson|go on|continue|keep going)",
          gives: { go: "next" },
          alone: true,
        },
        { say: "(back|go back|previous|previous step)", gives: { go: "back" }, alone: true },
      ],
      ko: [
        "{lesson} (배우고 싶|배울래|배우자|배우려|배우기|가르쳐|공부하고 싶|공부할래|수업 시작|레슨 시작|강의 시작|레슨 열어|강의 열어)",
        { say: "(다음|다음 단계|다음 레슨|다음 강의|계속)", gives: { go: "next" }, alone: true },
        { say: "(이전|이전 단계|뒤로)", gives: { go: "back" }, alone: true },
      ],
    },
    example: { en: "teach me CLI basics", ko: "CLI 기초 배우고 싶어" },
  },
  my_progress: {
    ask: {
      en: ["(my progress|learning progress|how far am i|how far have i come|what have i learned)"],
      ko: ["(내 진도|진도|학습 현황|학습 진행|얼마나 배웠)"],
    },
    example: null,
  },
  about: {
    ask: {
      en: [
        "(about you|about yourself|are you an ai|are you a bot|are you human|who are you|what are you|which model|what model|version)",
        { say: "about", alone: true },
      ],
      ko: ["(넌 누구|넌 뭐야|너는 뭐야|너는 누구|누구세요|누구야|자기소개|버전|어떤 모델|소개해)"],
    },
    example: null,
  },
  help: {
    ask: {
      en: [
        "(what can you do|what do you do|how do you work|what can i say)",
        { say: "(help|help me|hello|hi|hey|good morning)", alone: true },
      ],
      ko: [
        "(도움말|뭘 할 수 있|뭐 할 수 있|무엇을 할 수 있|할 수 있는 게|할 수 있는 일|사용법)",
        { say: "(도와|도움|헬프|안녕)", alone: true },
      ],
    },
    example: { en: "help", ko: "도움말" },
  },
} as const satisfies Record<string, ToolPhrases>;
