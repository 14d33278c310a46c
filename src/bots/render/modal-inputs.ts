import { MOST_ENTERED, type Field, type Option } from "#bots/field.ts";
import { FORM } from "#text/forms.ts";
import { languageOf } from "#text/wording.ts";
import { LIMITS } from "./limits.ts";
import { plainText, type ModalInput, type ModalOption, type OptionGroup } from "./modal-json.ts";

const MOST = LIMITS.slackView;

/** The element of a field's input block. */
export function modalInput(field: Field): ModalInput {
  if (field.kind === undefined || field.kind === "text") {
    return textInput("text", { ...field, most: field.most ?? MOST_ENTERED });
  }
  switch (field.kind) {
    case "lines":
      return { ...textInput("lines", { ...field, most: MOST_ENTERED }), multiline: true };
    case "secret":
      // Slack has no field that hides what is typed; at least it never stands there again.
      return textInput("secret", { most: MOST_ENTERED });
    case "number":
      return numberInput(field);
    case "toggle":
      return toggleInput(field);
    case "choice":
    case "choices":
      return selectInput(field);
  }
}

type Of<Kind extends Field["kind"]> = Extract<Field, { kind?: Kind }>;
type Texts = { readonly placeholder?: string; readonly value?: string; readonly most: number };

function textInput(kind: string, { placeholder, value = "", most }: Texts) {
  const longest = Math.min(most, MOST.entered);
  return {
    type: "plain_text_input" as const,
    action_id: kind,
    multiline: false,
    max_length: longest,
    ...(placeholder === undefined || placeholder === ""
      ? {}
      : { placeholder: plainText(placeholder, MOST.placeholder) }),
    ...(value === "" || value.length > longest ? {} : { initial_value: value }),
  };
}

/** What is no number stands in a field of text, so that the person sees what was wrong. */
function numberInput({ whole, least, most, value = "" }: Of<"number">): ModalInput {
  if (!Number.isFinite(Number(value))) {
    return textInput("number", { value, most: MOST.entered });
  }
  return {
    type: "number_input",
    action_id: "number",
    is_decimal_allowed: !whole,
    ...(least === undefined ? {} : { min_value: String(least) }),
    ...(most === undefined ? {} : { max_value: String(most) }),
    ...(value.trim() === "" ? {} : { initial_value: value.trim() }),
  };
}

function toggleInput({ label, value }: Of<"toggle">): ModalInput {
  const yes = optionOf({ value: "true", label: FORM.yes[languageOf(label)] });
  const initial = value === "true" ? { initial_options: [yes] } : {};
  return { type: "checkboxes", action_id: "toggle", options: [yes], ...initial };
}

/** What no select can hold is typed; the module's own check knows every value. */
function selectInput(field: Of<"choice"> | Of<"choices">): ModalInput {
  const { kind, label, options, value = "" } = field;
  const isTooLong = options.some((option) => option.value.length > MOST.optionValue);
  if (isTooLong || options.length === 0 || options.length > MOST.options * MOST.groups) {
    return textInput(kind, { value, most: MOST.entered });
  }
  const isFew = kind === "choices" && options.length <= MOST.checkboxes;
  return {
    type: isFew ? "checkboxes" : SELECTS[kind],
    action_id: kind,
    ...(isFew ? {} : { placeholder: plainText(FORM.choose[languageOf(label)], MOST.placeholder) }),
    ...listed(options),
    ...initially(kind, options, value),
  };
}

const SELECTS = { choice: "static_select", choices: "multi_static_select" } as const;

function initially(kind: "choice" | "choices", options: readonly Option[], value: string) {
  const wanted = kind === "choice" ? [value] : value.split(",");
  const chosen = options.filter((option) => wanted.includes(option.value)).map(optionOf);
  const [first] = chosen;
  if (first === undefined) {
    return {};
  }
  return kind === "choice" ? { initial_option: first } : { initial_options: chosen };
}

/** A select takes 100 options, or 100 groups of 100. */
function listed(options: readonly Option[]) {
  if (options.length <= MOST.options) {
    return { options: options.map(optionOf) };
  }
  const groups: OptionGroup[] = [];
  for (let at = 0; at < options.length; at += MOST.options) {
    const part = options.slice(at, at + MOST.options);
    const [first, last] = [part[0]?.label ?? "", part.at(-1)?.label ?? ""];
    const label = plainText(`${first} – ${last}`, MOST.optionText);
    groups.push({ label, options: part.map(optionOf) });
  }
  return { option_groups: groups };
}

function optionOf({ label, value }: Option): ModalOption {
  return { text: plainText(label === "" ? value : label, MOST.optionText), value };
}
