import { plain } from "./plain.ts";

/**
 * The part of Slack's view that our forms use, as it goes over the wire. All texts are `plain_text`:
 * nothing in them is read as mrkdwn.
 * Source: https://docs.slack.dev/reference/views/modal-views/
 */
export type View = {
  readonly type: "modal";
  readonly callback_id: string;
  readonly private_metadata: string;
  readonly title: PlainText;
  readonly submit: PlainText;
  readonly close: PlainText;
  readonly blocks: readonly Block[];
};

export type PlainText = {
  readonly type: "plain_text";
  readonly text: string;
  /** False: `:fire:` stays text. */
  readonly emoji: false;
};

export type Block =
  | { readonly type: "divider" }
  | { readonly type: "section"; readonly text: PlainText }
  | { readonly type: "context"; readonly elements: readonly PlainText[] }
  | {
      readonly type: "actions";
      readonly elements: readonly {
        readonly type: "button";
        readonly action_id: string;
        readonly text: PlainText;
      }[];
    }
  | {
      readonly type: "input";
      readonly block_id: string;
      readonly label: PlainText;
      readonly optional: boolean;
      readonly element: ModalInput;
      readonly hint?: PlainText;
    };

/** `action_id` is the kind of the field, so that an answer can be read without its form. */
export type ModalInput = { readonly action_id: string } & (TextInput | NumberInput | SelectInput);

type TextInput = {
  readonly type: "plain_text_input";
  readonly multiline: boolean;
  readonly max_length: number;
  readonly placeholder?: PlainText;
  readonly initial_value?: string;
};

type NumberInput = {
  readonly type: "number_input";
  readonly is_decimal_allowed: boolean;
  readonly min_value?: string;
  readonly max_value?: string;
  readonly initial_value?: string;
};

export type ModalOption = { readonly text: PlainText; readonly value: string };
export type OptionGroup = { readonly label: PlainText; readonly options: readonly ModalOption[] };

/** Of `options` and `option_groups` exactly one; initial ones must be among them, and not be none. */
type SelectInput = {
  readonly type: "static_select" | "multi_static_select" | "checkboxes";
  readonly placeholder?: PlainText;
  readonly options?: readonly ModalOption[];
  readonly option_groups?: readonly OptionGroup[];
  readonly initial_option?: ModalOption;
  readonly initial_options?: readonly ModalOption[];
};

export function plainText(text: string, most: number): PlainText {
  return { type: "plain_text", text: cut(plain(text), most), emoji: false };
}

/** At most so many UTF-16 units, an ellipsis in place of what is left out; no sign is halved. */
export function cut(text: string, most: number): string {
  if (text.length <= most) {
    return text;
  }
  let kept = "";
  for (const sign of text) {
    if (kept.length + sign.length >= most) {
      break;
    }
    kept += sign;
  }
  return `${kept}…`;
}
