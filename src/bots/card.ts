import { z } from "zod";
import type { Field } from "./field.ts";

/**
 * A card before any platform: what it says and what can be pressed. Texts are plain, never
 * Markdown; a renderer escapes what its platform would interpret.
 */
export type Card = {
  readonly title: string;
  readonly tone: "neutral" | "good" | "attention" | "danger";
  /** Shown beside the title: `SIMULATED`, `offline rules`. */
  readonly badges: readonly string[];
  readonly body: readonly Block[];
  readonly actions: readonly Action[];
  /** The whole card in one plain sentence, for notifications and screen readers. */
  readonly fallback: string;
};

export type Span = {
  readonly text: string;
  readonly bold?: boolean;
  readonly italic?: boolean;
  readonly code?: boolean;
  readonly link?: string;
};

export type Block =
  | { readonly kind: "text"; readonly spans: readonly Span[]; readonly subtle?: boolean }
  | { readonly kind: "heading"; readonly text: string }
  | { readonly kind: "facts"; readonly facts: readonly (readonly [string, string])[] }
  | ({
      readonly kind: "list";
      readonly ordered: boolean;
      readonly items: readonly ListItem[];
    } & Cuttable)
  | { readonly kind: "code"; readonly text: string }
  | ({
      readonly kind: "table";
      readonly head: readonly string[];
      readonly rows: readonly (readonly string[])[];
    } & Cuttable)
  | {
      readonly kind: "callout";
      readonly tone: "note" | "warning" | "danger";
      readonly blocks: readonly Block[];
    }
  | {
      readonly kind: "details";
      readonly summary: string;
      readonly blocks: readonly Block[];
      /** Unfolded from the start. */
      readonly open?: boolean;
    }
  | { readonly kind: "field"; readonly field: Field }
  | { readonly kind: "divider" };

/**
 * With `more` a renderer may cut from the end to fit its platform, and puts this sentence in
 * place of what it left out, `{n}` being how many. Without it every line is shown.
 */
type Cuttable = { readonly more?: string };

export type ListItem = { readonly spans: readonly Span[]; readonly depth: number };

/** What a press brings back. Opaque ids only: the server reads everything else again. */
export const ButtonValue = z.discriminatedUnion("do", [
  z.object({ do: z.literal("approve"), change: z.string() }),
  z.object({ do: z.literal("reject"), change: z.string() }),
  z.object({ do: z.literal("replan"), deployment: z.string() }),
  z.object({ do: z.literal("recover"), deployment: z.string() }),
  z.object({ do: z.literal("repair"), deployment: z.string() }),
  z.object({ do: z.literal("cancel"), deployment: z.string() }),
  z.object({ do: z.literal("forceStop"), deployment: z.string() }),
  z.object({ do: z.literal("takeOver"), deployment: z.string() }),
  z.object({ do: z.literal("destroy"), deployment: z.string() }),
  z.object({ do: z.literal("drift"), deployment: z.string() }),
  z.object({ do: z.literal("fix"), deployment: z.string(), advice: z.string().max(40) }),
  z.object({ do: z.literal("keep"), deployment: z.string(), advice: z.string().max(40) }),
  z.object({ do: z.literal("status"), deployment: z.string() }),
  z.object({ do: z.literal("page"), deployment: z.string() }),
  z.object({ do: z.literal("say"), text: z.string().max(200) }),
  z.object({ do: z.literal("lesson"), lesson: z.string(), step: z.number().int().min(0) }),
  z.object({ do: z.literal("shell"), lesson: z.string() }),
  /** Opens the form of a new deployment; without a module the card's own field says which. */
  z.object({ do: z.literal("form"), module: z.string().max(64).optional() }),
  z.object({ do: z.literal("request"), module: z.string().max(64) }),
  /** Opens the form with the values of a deployment. */
  z.object({ do: z.literal("values"), deployment: z.string() }),
  z.object({ do: z.literal("change"), deployment: z.string() }),
]);
export type ButtonValue = z.infer<typeof ButtonValue>;

export type Action = {
  readonly label: string;
  readonly style: "plain" | "primary" | "danger";
  readonly value: ButtonValue;
  /** One more thing that is asked for with the press. */
  readonly input?: Field;
  /** What is entered in the fields of the card comes with the press. */
  readonly takesFields?: true;
};
