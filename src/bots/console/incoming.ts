import { createHash } from "node:crypto";
import { z } from "zod";
import { ButtonValue } from "#bots/card.ts";
import type { Incoming } from "#bots/ports.ts";
import type { Lang } from "#text/wording.ts";

const User = z.string().min(1).max(64);
const Thread = z.string().min(1).max(100);

export const MessageBody = z.strictObject({
  user: User,
  text: z.string().trim().min(1).max(8000),
  thread: Thread.optional(),
});
export type MessageBody = z.infer<typeof MessageBody>;

export const ActionBody = z.strictObject({
  user: User,
  thread: Thread,
  message: z.string().min(1).max(100),
  value: ButtonValue,
  inputs: z
    .record(z.string().max(100), z.union([z.string().max(4000), z.number(), z.boolean()]))
    .default({}),
});
export type ActionBody = z.infer<typeof ActionBody>;

/** Ids of what a person does: random, or always the same for the same `Idempotency-Key`. */
export type Naming = {
  readonly randomId: () => string;
  /** The header, null without one. */
  readonly sameAs: string | null;
};

/** What was said, as the console keeps it and as the inbox takes it. */
export function said(body: MessageBody, naming: Naming, lang: Lang | null = null) {
  const id = idFor("m", body.user, naming);
  const thread = body.thread ?? idFor("t", body.user, naming);
  const { user, text } = body;
  const incoming: Incoming = {
    ...at(thread),
    key: `console:${id}`,
    user,
    kind: "message",
    text,
    ...(lang === null ? {} : { lang }),
  };
  return { message: { id, thread, from: user, text }, incoming };
}

/** What was pressed, as the inbox takes it. */
export function pressed(body: ActionBody, naming: Naming): Incoming {
  const { user, thread, message, value } = body;
  const key = `console:${idFor("p", user, naming)}`;
  const typed = Object.entries(body.inputs).map(([id, entered]) => [id, String(entered)]);
  const inputs: Record<string, string> = Object.fromEntries(typed);
  return { ...at(thread), key, user, kind: "press", value, inputs, message };
}

function at(thread: string): Pick<Incoming, "place"> {
  return { place: { platform: "console", conversation: "console", thread } };
}

function idFor(prefix: string, user: string, { randomId, sameAs }: Naming): string {
  if (sameAs === null) {
    return `${prefix}-${randomId()}`;
  }
  const hash = createHash("sha256")
    .update(JSON.stringify([prefix, user, sameAs]))
    .digest("hex");
  return `${prefix}-${hash.slice(0, 24)}`;
}
