import { ADVICE_REFUSALS } from "./advice-refusals.ts";
import type { VariableProblem } from "./refusal.ts";
import { say, type Lang, type Wording } from "./wording.ts";

/** What can be wrong with a variable of a request: what, why, and what to do. */
export const VARIABLE_PROBLEMS = {
  "unknown-variable": {
    en: "“{variable}” is no variable of {module}. Use one of: {known}.",
    ko: "{module} 모듈에는 “{variable}” 변수가 없습니다. 다음 중에서 골라 주세요: {known}.",
  },
  "unknown-variable-like": {
    en: "“{variable}” is no variable of {module}. Did you mean “{like}”? Rename it and send it again.",
    ko: "{module} 모듈에는 “{variable}” 변수가 없습니다. 혹시 “{like}”인가요? 이름을 고쳐 다시 보내 주세요.",
  },
  "missing-variable": {
    en: "“{variable}” is missing, and {module} has no default for it. It is: {description} Give it a value.",
    ko: "“{variable}” 값이 빠졌고 {module} 모듈에 기본값이 없습니다. ({description}) 값을 넣어 주세요.",
  },
  "not-text": {
    en: "“{where}” must be a text, but a list or an object was given. Give one value in quotes.",
    ko: "“{where}” 값은 글자여야 하는데 목록이나 객체가 왔습니다. 따옴표로 묶은 값 하나를 주세요.",
  },
  "not-number": {
    en: "“{where}” must be a number, but something else was given. Give a number such as 3.",
    ko: "“{where}” 값은 숫자여야 하는데 다른 것이 왔습니다. 3과 같은 숫자를 주세요.",
  },
  "not-bool": {
    en: "“{where}” is a yes-or-no setting, but something else was given. Give true or false.",
    ko: "“{where}” 값은 예/아니요 설정인데 다른 것이 왔습니다. true 또는 false를 주세요.",
  },
  "not-list": {
    en: "“{where}” must be a list, but something else was given. Put the values in [ ].",
    ko: "“{where}” 값은 목록이어야 하는데 다른 것이 왔습니다. 값을 [ ] 안에 넣어 주세요.",
  },
  "not-json": {
    en: "“{where}” cannot be read as JSON: a bracket, a comma or a quote is out of place. Write it as in {example}.",
    ko: "“{where}” 값을 JSON으로 읽을 수 없습니다. 괄호, 쉼표, 따옴표를 확인해 주세요. 예: {example}",
  },
  "not-pair": {
    en: "In “{where}” the line “{line}” has no name and value. Write one name = value on each line.",
    ko: "“{where}” 값의 “{line}” 줄이 이름과 값으로 되어 있지 않습니다. 한 줄에 하나씩 이름 = 값 형식으로 써 주세요.",
  },
  "not-map": {
    en: '“{where}” must be names with values, but something else was given. Write it as { "name": value }.',
    ko: '“{where}” 값은 이름과 값의 묶음이어야 하는데 다른 것이 왔습니다. { "이름": 값 } 형태로 써 주세요.',
  },
  "not-object": {
    en: "“{where}” must be an object with the fields {fields}, but something else was given. Give these fields.",
    ko: "“{where}” 값은 필드가 있는 객체여야 하는데 다른 것이 왔습니다. 필요한 필드: {fields}. 이 필드를 넣어 주세요.",
  },
  "wrong-count": {
    en: "“{where}” takes exactly {wanted} values, but {given} were given. Give {wanted}.",
    ko: "“{where}” 값은 정확히 {wanted}개여야 하는데 {given}개가 왔습니다. {wanted}개를 주세요.",
  },
  "missing-field": {
    en: "“{where}” lacks the field “{field}”, which it needs. Add it.",
    ko: "“{where}” 값에 꼭 필요한 “{field}” 필드가 없습니다. 추가해 주세요.",
  },
  "unknown-field": {
    en: "“{where}” has no field “{field}”. Use only: {fields}.",
    ko: "“{where}” 값에는 “{field}” 필드가 없습니다. 다음 필드만 쓸 수 있습니다: {fields}.",
  },
  "unknown-field-like": {
    en: "“{where}” has no field “{field}”. Did you mean “{like}”? Rename it and send it again.",
    ko: "“{where}” 값에는 “{field}” 필드가 없습니다. 혹시 “{like}”인가요? 이름을 고쳐 다시 보내 주세요.",
  },
  "not-a-choice": {
    en: "“{where}” is none of the values it may have. Choose one of: {choices}.",
    ko: "“{where}” 값이 허용된 값이 아닙니다. 다음 중에서 골라 주세요: {choices}.",
  },
  "not-a-choice-like": {
    en: "“{where}” is none of the values it may have. Did you mean “{like}”? It may be: {choices}.",
    ko: "“{where}” 값이 허용된 값이 아닙니다. 혹시 “{like}”인가요? 쓸 수 있는 값: {choices}.",
  },
  "too-small": {
    en: "“{where}” is too small: the module allows {limit} or more. Give a larger number.",
    ko: "“{where}” 값이 너무 작습니다. 이 모듈은 {limit} 이상만 받습니다. 더 큰 수를 주세요.",
  },
  "too-large": {
    en: "“{where}” is too large: the module allows {limit} or less. Give a smaller number.",
    ko: "“{where}” 값이 너무 큽니다. 이 모듈은 {limit} 이하만 받습니다. 더 작은 수를 주세요.",
  },
  "not-above": {
    en: "“{where}” is too small: the module wants more than {limit}. Give a larger number.",
    ko: "“{where}” 값이 너무 작습니다. 이 모듈은 {limit}보다 큰 수만 받습니다. 더 큰 수를 주세요.",
  },
  "not-below": {
    en: "“{where}” is too large: the module wants less than {limit}. Give a smaller number.",
    ko: "“{where}” 값이 너무 큽니다. 이 모듈은 {limit}보다 작은 수만 받습니다. 더 작은 수를 주세요.",
  },
  "not-whole": {
    en: "“{where}” must be a whole number. Leave out what stands after the point.",
    ko: "“{where}” 값은 정수여야 합니다. 소수점 아래를 빼 주세요.",
  },
  "too-short": {
    en: "“{where}” is too short: the module wants at least {limit} characters. Make it longer.",
    ko: "“{where}” 값이 너무 짧습니다. 이 모듈은 {limit}자 이상만 받습니다. 더 길게 써 주세요.",
  },
  "too-long": {
    en: "“{where}” is too long: the module allows at most {limit} characters. Shorten it.",
    ko: "“{where}” 값이 너무 깁니다. 이 모듈은 {limit}자까지만 받습니다. 줄여 주세요.",
  },
  "too-few": {
    en: "“{where}” has too few entries: the module wants at least {limit}. Add some.",
    ko: "“{where}” 항목이 너무 적습니다. 이 모듈은 {limit}개 이상이 필요합니다. 항목을 더해 주세요.",
  },
  "too-many": {
    en: "“{where}” has too many entries: the module allows at most {limit}. Leave some out.",
    ko: "“{where}” 항목이 너무 많습니다. 이 모듈은 {limit}개까지만 받습니다. 항목을 줄여 주세요.",
  },
  "module-rule": {
    en: "“{where}” breaks a rule of the module: {rule} Change the value to fit it.",
    ko: "“{where}” 값이 모듈의 규칙에 맞지 않습니다. 규칙(영문): {rule} 규칙에 맞게 값을 바꿔 주세요.",
  },
  "prod-choice": {
    en: "“{variable}” is {value}, but in production the module wants {choices}. Say {variable}={first}, or ask for another environment.",
    ko: "“{variable}” 값이 {value}인데, 운영 환경에서는 이 모듈에 다음 값이 필요합니다: {choices}. {variable}={first} 로 요청하거나 다른 환경으로 요청해 주세요.",
  },
  "prod-at-least": {
    en: "“{variable}” is {value}, but in production the module wants {limit} or more. Say {variable}={limit}, or ask for another environment.",
    ko: "“{variable}” 값이 {value}인데, 운영 환경에서는 이 모듈에 {limit} 이상이 필요합니다. {variable}={limit} 로 요청하거나 다른 환경으로 요청해 주세요.",
  },
  "prod-at-most": {
    en: "“{variable}” is {value}, but in production the module allows {limit} or less. Say {variable}={limit}, or ask for another environment.",
    ko: "“{variable}” 값이 {value}인데, 운영 환경에서는 이 모듈이 {limit} 이하만 받습니다. {variable}={limit} 로 요청하거나 다른 환경으로 요청해 주세요.",
  },
} as const satisfies Record<string, Wording>;

export type VariableCode = keyof typeof VARIABLE_PROBLEMS;

const OTHER: Wording = {
  en: "“{variable}” cannot be used as it is. Check its value and send it again.",
  ko: "“{variable}” 값을 그대로 쓸 수 없습니다. 값을 확인하고 다시 보내 주세요.",
};

/** The sentence of one problem. */
export function sayProblem(problem: VariableProblem, lang: Lang): string {
  const wording = isVariableCode(problem.code)
    ? VARIABLE_PROBLEMS[problem.code]
    : ofAdvice(problem);
  return say(wording, lang, { variable: problem.variable, ...problem.params });
}

/** A value that advice has stopped is worded as that refusal is. */
function ofAdvice({ code }: VariableProblem): Wording {
  const [, found] = Object.entries(ADVICE_REFUSALS).find(([known]) => known === code) ?? [];
  return found?.detail ?? OTHER;
}

function isVariableCode(code: string): code is VariableCode {
  return Object.hasOwn(VARIABLE_PROBLEMS, code);
}
