import type { Block, Card } from "#bots/card.ts";
import type { Field } from "#bots/field.ts";
import type { Form } from "#bots/forms/form.ts";
import { FORM } from "#text/forms.ts";
import * as parts from "./parts.ts";
import type { Setting } from "./parts.ts";

export type FormView = { readonly setting: Setting; readonly form: Form };

/** A form as a card: its fields in order, the rarely needed ones folded. */
export function formCard({ setting, form }: FormView): Card {
  const { title, intro, fields, advanced, left, send } = form;
  const isWrong = [...fields, ...advanced].some(({ problem }) => problem !== undefined);
  const words = parts.text(intro);
  return parts.card(setting, {
    title,
    tone: isWrong ? "attention" : "neutral",
    body: [
      isWrong ? parts.callout("warning", words) : words,
      ...fields.map(fieldBlock),
      ...advancedBlocks(setting, advanced),
      ...(left.length === 0
        ? []
        : [parts.subtle(parts.sayIn(setting, FORM.left, { names: left.join(", ") }))]),
    ],
    actions: [{ label: send.label, style: "primary", value: send.value, takesFields: true }],
    fallback: `${title}. ${intro}`,
  });
}

/** The same card once it was sent: nothing to fill in and nothing to press. */
export function sentCard({ card, note }: { readonly card: Card; readonly note: string }): Card {
  const body: Block[] = [{ kind: "text", spans: [{ text: note }] }];
  return { ...card, tone: "good", body, actions: [], fallback: `${card.title}. ${note}` };
}

function fieldBlock(field: Field): Block {
  return { kind: "field", field };
}

function advancedBlocks({ lang }: Setting, advanced: readonly Field[]): Block[] {
  if (advanced.length === 0) {
    return [];
  }
  const open = advanced.some(({ problem }) => problem !== undefined);
  const blocks = advanced.map(fieldBlock);
  return [{ kind: "details", summary: FORM.advanced[lang], blocks, open }];
}
