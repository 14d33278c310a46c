import { MOST_ENTERED, type Field } from "#bots/field.ts";
import { BUTTONS } from "#text/cards.ts";
import { FORM } from "#text/forms.ts";
import { languageOf, say } from "#text/wording.ts";
import type { Element, Input, RichText } from "./adaptive-json.ts";
import { LIMITS } from "./limits.ts";
import { plain } from "./plain.ts";

/** A field as its input, what helps to fill it, and what is wrong with it. */
export function fieldElements(field: Field): Element[] {
  const { hint, problem } = field;
  return [
    { ...inputOf(field), spacing: "Medium" },
    ...(hint === undefined ? [] : [below(hint, false)]),
    ...(problem === undefined ? [] : [below(problem, true)]),
  ];
}

function below(words: string, isProblem: boolean): Element {
  const mark = isProblem
    ? ({ color: "Attention", weight: "Bolder" } as const)
    : ({ isSubtle: true } as const);
  const line: RichText = {
    type: "RichTextBlock",
    inlines: [{ type: "TextRun", text: plain(words), size: "Small", ...mark }],
  };
  return { ...line, spacing: "Small" };
}

/** The input alone, as a button asks for it. */
export function inputOf(field: Field): Input {
  const asked = {
    id: field.id,
    label: plain(field.label),
    isRequired: field.required,
    errorMessage: BUTTONS.required[languageOf(field.label)],
  };
  if (field.kind === undefined || field.kind === "text") {
    return textInput(asked, { ...field, most: field.most ?? MOST_IN_A_LINE });
  }
  switch (field.kind) {
    case "lines":
      return textInput(asked, field);
    case "secret":
      return { ...textInput(asked, {}), style: "Password" };
    case "number":
      return numberInput({ ...asked, errorMessage: rangeWords(field) }, field);
    case "toggle":
      return toggleInput(asked, field);
    case "choice":
    case "choices":
      return choiceInput(asked, field);
  }
}

type Asked = Pick<Input, "id" | "label" | "isRequired" | "errorMessage">;
type Of<Kind extends Field["kind"]> = Extract<Field, { kind?: Kind }>;

/** A reason or a name on one line; forms say where they take more. */
const MOST_IN_A_LINE = 500;

type Texts = {
  readonly kind?: Field["kind"];
  readonly placeholder?: string;
  readonly value?: string;
  readonly most?: number;
};

function textInput(asked: Asked, { kind, placeholder, value, most = MOST_ENTERED }: Texts) {
  return {
    type: "Input.Text" as const,
    ...asked,
    isMultiline: kind === "lines",
    maxLength: most,
    ...(placeholder === undefined ? {} : { placeholder: plain(placeholder) }),
    ...(value === undefined ? {} : { value }),
  };
}

/** What is no number stands in a field of text, so that the person sees what was wrong. */
function numberInput(asked: Asked, { least, most, value = "" }: Of<"number">): Input {
  if (!Number.isFinite(Number(value))) {
    return textInput(asked, { value });
  }
  return {
    type: "Input.Number",
    ...asked,
    ...(least === undefined ? {} : { min: least }),
    ...(most === undefined ? {} : { max: most }),
    ...(value.trim() === "" ? {} : { value: Number(value) }),
  };
}

function rangeWords({ label, least, most }: Of<"number">): string {
  const lang = languageOf(label);
  return least === undefined || most === undefined
    ? FORM.number[lang]
    : say(FORM.numberBetween, lang, { least, most });
}

function toggleInput(asked: Asked, { label, value }: Of<"toggle">): Input {
  return {
    type: "Input.Toggle",
    ...asked,
    title: FORM.yes[languageOf(label)],
    valueOn: "true",
    valueOff: "false",
    value: value === "true" ? "true" : "false",
  };
}

/** More options than a card has room for are typed; the module's own check knows them all. */
function choiceInput(asked: Asked, field: Of<"choice"> | Of<"choices">): Input {
  const { kind, label, options, value } = field;
  const standing = value === undefined ? {} : { value };
  if (options.length > LIMITS.adaptiveCard.options) {
    return textInput(asked, standing);
  }
  const isMultiSelect = kind === "choices";
  return {
    type: "Input.ChoiceSet",
    ...asked,
    choices: options.map((option) => ({ title: plain(option.label), value: option.value })),
    isMultiSelect,
    style: styleOf(options.length, isMultiSelect),
    placeholder: FORM.choose[languageOf(label)],
    ...standing,
  };
}

/** Of more than so many, the host lets people type to find one. */
const SHOWN_AT_ONCE = 30;

function styleOf(count: number, isMultiSelect: boolean): "compact" | "expanded" | "filtered" {
  if (isMultiSelect) {
    return "expanded";
  }
  return count > SHOWN_AT_ONCE ? "filtered" : "compact";
}
