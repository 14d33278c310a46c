import { z } from "zod";
import type { Entered, Form } from "#bots/forms/form.ts";
import type { Field } from "#bots/field.ts";
import { FORM } from "#text/forms.ts";
import { LIMITS } from "./limits.ts";
import { modalInput } from "./modal-inputs.ts";
import { cut, plainText, type Block, type View } from "./modal-json.ts";

const MOST = LIMITS.slackView;

/** The button that shows the rarely needed fields: Slack folds nothing, so it asks for another view. */
export const MORE_ACTION = "more";

/**
 * A form as the view of `views.open` or `views.update`, within Slack's limits. `private_metadata`
 * is the value of the form's button; what a view does not show, its answer says nothing about.
 */
export function modalView(form: Form, { advanced }: { readonly advanced: boolean }): View {
  const { lang, title, send } = form;
  const isWrong = form.advanced.some(({ problem }) => problem !== undefined);
  const more = advanced || isWrong ? [DIVIDER, ...fieldBlocks(form.advanced)] : moreButton(form);
  const blocks = [section(form.intro), ...fieldBlocks(form.fields), ...more, ...leftBlocks(form)];
  return {
    type: "modal",
    callback_id: "form",
    private_metadata: JSON.stringify(send.value),
    title: plainText(title, MOST.title),
    submit: plainText(send.label, MOST.button),
    close: plainText(FORM.close[lang], MOST.button),
    blocks: blocks.slice(0, MOST.blocks),
  };
}

const DIVIDER: Block = { type: "divider" };

function section(words: string): Block {
  return { type: "section", text: plainText(words, MOST.text) };
}

function fieldBlocks(fields: readonly Field[]): Block[] {
  return fields.flatMap((field): Block[] => {
    const { problem } = field;
    const words = problem === undefined ? [] : [plainText(`⚠ ${problem}`, MOST.text)];
    return [
      inputBlock(field),
      ...words.map((text): Block => ({ type: "context", elements: [text] })),
    ];
  });
}

function inputBlock(field: Field): Block {
  const { id, label, hint, required, kind } = field;
  return {
    type: "input",
    block_id: id,
    label: plainText(label, MOST.label),
    // An open switch is an answer too; Slack would take it for an empty field.
    optional: !required || kind === "toggle",
    element: modalInput(field),
    ...(hint === undefined ? {} : { hint: plainText(hint, MOST.hint) }),
  };
}

function moreButton({ advanced, lang }: Form): Block[] {
  const text = plainText(FORM.advanced[lang], MOST.buttonText);
  const button = { type: "button", action_id: MORE_ACTION, text } as const;
  return advanced.length === 0 ? [] : [{ type: "actions", elements: [button] }];
}

function leftBlocks({ left, lang }: Form): Block[] {
  const words = cut(FORM.left[lang].replace("{names}", left.join(", ")), MOST.text);
  return left.length === 0 ? [] : [section(words)];
}

const Chosen = z.object({ value: z.string() });
const State = z.record(
  z.string(),
  z.record(
    z.string(),
    z.object({
      value: z.string().nullish(),
      selected_option: Chosen.nullish(),
      selected_options: z.array(Chosen).nullish(),
    }),
  ),
);

/** `view.state.values` of a submitted view as what was entered; throws ZodError on anything else. */
export function enteredIn(values: unknown): Entered {
  const fields = Object.entries(State.parse(values)).flatMap(([id, actions]) =>
    Object.entries(actions).map(([action, { value, selected_option, selected_options }]) => {
      const several = selected_options?.map((option) => option.value).join(",");
      const text = value ?? selected_option?.value ?? several ?? "";
      return [id, action === "toggle" ? String(text !== "") : text] as const;
    }),
  );
  return Object.fromEntries(fields);
}
