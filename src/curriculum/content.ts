/** A piece of a line; `link` is an http or https address, never anything else. */
export type Inline = {
  readonly text: string;
  readonly bold?: boolean;
  readonly italic?: boolean;
  readonly code?: boolean;
  readonly link?: string;
};

/** `depth` counts from 0. */
export type ContentItem = { readonly spans: readonly Inline[]; readonly depth: number };

/** What a lesson says, free of Markdown, HTML and any platform; doors map it by its kind. */
export type Content =
  | { readonly kind: "text"; readonly spans: readonly Inline[] }
  | { readonly kind: "heading"; readonly text: string }
  | { readonly kind: "list"; readonly ordered: boolean; readonly items: readonly ContentItem[] }
  | { readonly kind: "code"; readonly language: string | null; readonly text: string }
  | {
      readonly kind: "table";
      readonly head: readonly string[];
      readonly rows: readonly (readonly string[])[];
    }
  | { readonly kind: "callout"; readonly tone: CalloutTone; readonly blocks: readonly Content[] }
  | { readonly kind: "details"; readonly summary: string; readonly blocks: readonly Content[] }
  | { readonly kind: "divider" };

export const CALLOUT_TONES = ["note", "tip", "warning", "danger"] as const;
export type CalloutTone = (typeof CALLOUT_TONES)[number];

/** Characters of prose; code has a limit of its own. */
export function proseLength(blocks: readonly Content[]): number {
  return blocks.reduce((sum, block) => sum + proseOf(block), 0);
}

function proseOf(block: Content): number {
  switch (block.kind) {
    case "text":
      return spansLength(block.spans);
    case "heading":
      return block.text.length;
    case "list":
      return block.items.reduce((sum, item) => sum + spansLength(item.spans), 0);
    case "table":
      return [block.head, ...block.rows].flat().reduce((sum, cell) => sum + cell.length, 0);
    case "callout":
    case "details":
      return proseLength(block.blocks);
    case "code":
    case "divider":
      return 0;
  }
}

function spansLength(spans: readonly Inline[]): number {
  return spans.reduce((sum, span) => sum + span.text.length, 0);
}
