import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { Field, FieldKind } from "#bots/field.ts";
import { newForm } from "#bots/forms/deployment-form.ts";
import type { Form } from "#bots/forms/form.ts";
import { enteredIn, modalView } from "#bots/render/modal.ts";
import { LOCAL_POLICY } from "#deployments/policy.ts";
import { openRegions } from "#persistence/regions-file.ts";
import { openCatalogue } from "#runner/catalogue.ts";
import { person } from "#tests/support/deployments.ts";

const regions = openRegions("terraform/regions.yaml").all();
const catalogue = await openCatalogue("terraform/modules");
const aquarium = await openCatalogue("tests/fixtures/modules");
const MODULES = [...catalogue.modules(), ...aquarium.modules()];

// Slack's documented limits, written down once more: the renderer's own table must not judge itself.
const text = (most: number) =>
  z.strictObject({
    type: z.literal("plain_text"),
    text: z.string().min(1).max(most),
    emoji: z.boolean(),
  });
const Option = z.strictObject({ text: text(75), value: z.string().min(1).max(150) });
const Options = z.array(Option).min(1).max(100);
const Groups = z
  .array(z.strictObject({ label: text(75), options: Options }))
  .min(1)
  .max(100);
const Select = z
  .strictObject({
    type: z.enum(["static_select", "multi_static_select", "checkboxes"]),
    action_id: z.string().min(1).max(255),
    placeholder: text(150).optional(),
    options: Options.optional(),
    option_groups: Groups.optional(),
    initial_option: Option.optional(),
    initial_options: z.array(Option).min(1).optional(),
  })
  .refine(
    ({ options, option_groups: groups }) => (options === undefined) !== (groups === undefined),
  )
  .refine(({ type, options }) => type !== "checkboxes" || (options?.length ?? 0) <= 10)
  .refine(({ options, option_groups: groups, initial_option: one, initial_options: several }) => {
    const all = options ?? groups?.flatMap((group) => group.options) ?? [];
    const initial = [...(one === undefined ? [] : [one]), ...(several ?? [])];
    return initial.every((each) => all.some((known) => known.value === each.value));
  });
const Element = z.union([
  Select,
  z
    .strictObject({
      type: z.literal("plain_text_input"),
      action_id: z.string().min(1).max(255),
      multiline: z.boolean(),
      max_length: z.number().int().min(1).max(3000),
      placeholder: text(150).optional(),
      initial_value: z.string().min(1).max(3000).optional(),
    })
    .refine(({ initial_value: value = "", max_length: most }) => value.length <= most),
  z.strictObject({
    type: z.literal("number_input"),
    action_id: z.string().min(1).max(255),
    is_decimal_allowed: z.boolean(),
    min_value: z.string().regex(/^-?\d/).optional(),
    max_value: z.string().regex(/^-?\d/).optional(),
    initial_value: z.string().regex(/^-?\d/).optional(),
  }),
]);
const Block = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("divider") }),
  z.strictObject({ type: z.literal("section"), text: text(3000) }),
  z.strictObject({ type: z.literal("context"), elements: z.array(text(3000)).min(1).max(10) }),
  z.strictObject({
    type: z.literal("actions"),
    elements: z
      .array(z.strictObject({ type: z.literal("button"), action_id: z.string(), text: text(75) }))
      .max(25),
  }),
  z.strictObject({
    type: z.literal("input"),
    block_id: z.string().min(1).max(255),
    label: text(2000),
    optional: z.boolean(),
    element: Element,
    hint: text(2000).optional(),
  }),
]);
const SlackView = z
  .strictObject({
    type: z.literal("modal"),
    callback_id: z.string().max(255),
    private_metadata: z.string().max(3000),
    title: text(24),
    submit: text(24),
    close: text(24),
    blocks: z.array(Block).min(1).max(100),
  })
  .refine(({ blocks }) => {
    const ids = blocks.flatMap((block) => (block.type === "input" ? [block.block_id] : []));
    return new Set(ids).size === ids.length;
  });

describe.each(["en", "ko"] as const)("a Slack modal in %s", (lang) => {
  test.each(MODULES.map((module) => [module.name, module] as const))(
    "of %s keeps every limit, with and without its advanced fields",
    (_name, module) => {
      const setting = {
        lang,
        viewer: person("dev"),
        policy: LOCAL_POLICY,
        regions,
        simulated: true,
      };
      const asked = { module, given: { vars: {} }, entered: {}, wrong: new Map() };

      const views = [true, false].map((advanced) =>
        modalView(newForm(setting, asked), { advanced }),
      );

      for (const view of views) {
        expect(SlackView.safeParse(view).error?.issues).toBeUndefined();
      }
    },
  );
});

describe("a field that is too much for Slack", () => {
  test("251 options become groups of at most 100, and the initial one stays among them", () => {
    const options = Array.from({ length: 251 }, (_, at) => ({
      value: `zone-${at}`,
      label: `Zone ${at} ${"x".repeat(90)}`,
    }));

    const view = modalView(aForm({ kind: "choice", options, value: "zone-250" }), NO_MORE);

    expect(SlackView.safeParse(view).error?.issues).toBeUndefined();
    expect(JSON.stringify(view)).toContain('"option_groups"');
    expect(JSON.stringify(view)).toContain('"initial_option"');
  });

  test.each([
    ["10,001 options", Array.from({ length: 10_001 }, (_, at) => ({ value: `${at}`, label: "x" }))],
    ["a value of 151 characters", [{ value: "v".repeat(151), label: "long" }]],
    ["no option at all", []],
  ])("%s are typed instead", (_what, options) => {
    const view = modalView(aForm({ kind: "choice", options }), NO_MORE);

    expect(SlackView.safeParse(view).error?.issues).toBeUndefined();
    expect(JSON.stringify(view)).toContain('"plain_text_input"');
  });

  test("long words are cut without halving a sign, and what was wrong stands below its field", () => {
    const long = "가🙂".repeat(2000);

    const view = modalView(
      { ...aForm({ kind: "text", value: "x".repeat(4000) }, long), title: long, intro: long },
      NO_MORE,
    );

    expect(SlackView.safeParse(view).error?.issues).toBeUndefined();
    expect(view.title.text.isWellFormed()).toBe(true);
    expect(JSON.stringify(view)).toContain("⚠ wrong");
  });
});

test("what is submitted comes back as it was entered, an open switch as false", () => {
  const values = {
    own_name: { text: { type: "plain_text_input", value: "shop" } },
    var_size: { choice: { type: "static_select", selected_option: { value: "t3.small" } } },
    var_logs: { choices: { selected_options: [{ value: "api" }, { value: "audit" }] } },
    var_on: { toggle: { type: "checkboxes", selected_options: [{ value: "true" }] } },
    var_off: { toggle: { type: "checkboxes", selected_options: [] } },
    var_empty: { lines: { type: "plain_text_input", value: null } },
  };

  const entered = enteredIn(values);

  expect(entered).toEqual({
    own_name: "shop",
    var_size: "t3.small",
    var_logs: "api,audit",
    var_on: "true",
    var_off: "false",
    var_empty: "",
  });
});

test("a secret has no value in the view, whatever the field says", () => {
  const secret: Field = {
    id: "var_key",
    label: "Key",
    required: true,
    kind: "secret",
    value: "s3cr3t",
  };

  const view = modalView({ ...aForm({ kind: "text" }), fields: [secret] }, NO_MORE);

  expect(JSON.stringify(view)).not.toContain("s3cr3t");
});

const NO_MORE = { advanced: false };

function aForm(kind: FieldKind & { readonly value?: string }, label = "Field"): Form {
  const field = { id: "var_x", label, required: true, problem: "wrong", ...kind };
  return {
    lang: "en",
    simulated: false,
    title: "New",
    intro: "Fill in",
    fields: [field],
    advanced: [],
    left: [],
    send: { label: "Send", value: { do: "request", module: "local_app_env" } },
  };
}
