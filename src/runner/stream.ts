import { z } from "zod";

/** One line of a run's output, as far as we use it. */
export type StreamLine = {
  /** Terraform's type, `step` for ours, `text` for what is no JSON of Terraform. */
  readonly type: string;
  readonly message: string;
  readonly at: Date | null;
  readonly address: string | null;
  /** What is done to the address: `create`, `delete`, … */
  readonly action: string | null;
  /** Id of what was made. */
  readonly id: string | null;
  readonly diagnostic: { severity: string; summary: string; detail: string } | null;
  /** The whole state: Terraform prints it when it can save it nowhere. Not for anybody's eyes. */
  readonly state: object | null;
};

/** Reads one line. Unknown types stay as they are; anything that is no JSON object is text. */
export function parseLine(text: string): StreamLine {
  const parsed = text.startsWith("{") ? Known.safeParse(parseJson(text)) : null;
  return parsed?.success === true ? fromJson(parsed.data) : { ...EMPTY, message: text };
}

/** A line of ours in the same file, so that events of a run have one source and one order. */
export function stepLine(name: string, at: Date): string {
  // Terraform may have died in the middle of a line.
  return `\n${JSON.stringify({ type: "step", "@message": name, "@timestamp": at.toISOString() })}\n`;
}

const EMPTY: StreamLine = {
  type: "text",
  message: "",
  at: null,
  address: null,
  action: null,
  id: null,
  diagnostic: null,
  state: null,
};

const Target = z
  .object({
    resource: z.object({ addr: z.string() }).optional(),
    action: z.string().nullable().default(null),
    id_value: z.string().nullable().default(null),
  })
  .nullable()
  .catch(null)
  .default(null);

const Diagnostic = z
  .object({
    severity: z.string(),
    summary: z.string(),
    detail: z.string().default(""),
    address: z.string().nullable().default(null),
  })
  .nullable()
  .catch(null)
  .default(null);

const Known = z.object({
  type: z.string(),
  "@message": z.string().default(""),
  "@timestamp": z.coerce.date().nullable().catch(null).default(null),
  hook: Target,
  change: Target,
  diagnostic: Diagnostic,
  state: z.looseObject({}).nullable().catch(null).default(null),
});

function fromJson(line: z.infer<typeof Known>): StreamLine {
  const { type, diagnostic, state } = line;
  const target = line.hook ?? line.change ?? NO_TARGET;
  return {
    type,
    message: line["@message"],
    at: line["@timestamp"],
    address: target.resource?.addr ?? diagnostic?.address ?? null,
    action: target.action,
    id: target.id_value,
    diagnostic,
    state,
  };
}

const NO_TARGET = { resource: undefined, action: null, id_value: null };

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
