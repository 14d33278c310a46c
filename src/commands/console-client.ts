import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { actionsIn } from "./card-reading.ts";

/** A message of a console thread, as the wire gives it. */
export const Message = z.object({
  id: z.string(),
  from: z.string(),
  text: z.string().optional(),
  card: z.unknown().optional(),
  revision: z.number(),
});
export type Message = z.infer<typeof Message>;

export type Call = {
  readonly user: string;
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly body?: unknown;
};
export type Answer = { readonly status: number; readonly body: unknown };

export type Pressing = {
  readonly user: string;
  readonly thread: string;
  readonly message: Message;
  /** The `do` of the action's data: `approve`, `lesson`, `shell`. */
  readonly what: string;
  readonly inputs?: Readonly<Record<string, string>>;
};

const Posted = z.object({ thread: z.string() });
const POLL_MS = 100;
const PATIENCE_MS = 100_000;

/** One HTTP API call as a person of the console. */
export async function call(url: string, { user, method, path, body }: Call): Promise<Answer> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { "x-console-user": user, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: parse(text) };
}

/** Says something in a new thread or in `thread`; answers the thread. */
export async function say(
  url: string,
  { user, text, thread }: { user: string; text: string; thread?: string },
): Promise<string> {
  const body = { user, text, ...(thread === undefined ? {} : { thread }) };
  const answer = await call(url, { user, method: "POST", path: "/console/messages", body });
  return Posted.parse(answer.body).thread;
}

/** The thread as `user` sees it. */
export async function messagesOf(
  url: string,
  { user, thread }: { user: string; thread: string },
): Promise<Message[]> {
  const { body } = await call(url, { user, method: "GET", path: `/console/threads/${thread}` });
  return z.array(Message).parse(body);
}

/** The newest message that `fits`; throws with what is there when none has come in 100 s. */
export async function waitFor(
  url: string,
  where: { user: string; thread: string },
  fits: (message: Message) => boolean,
): Promise<Message> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const all = await messagesOf(url, where);
    const found = all.findLast(fits);
    if (found !== undefined) {
      return found;
    }
    if (Date.now() > end) {
      throw new Error(
        `Waiting in ${where.thread}: it did not come; there is ${JSON.stringify(all)}`,
      );
    }
    await sleep(POLL_MS);
  }
}

/** Presses the card's first action that does `what`; throws when it is refused at the door. */
export async function press(url: string, pressing: Pressing): Promise<void> {
  const { user, thread, message, what, inputs = {} } = pressing;
  const value = actionsIn(message.card).find((action) => action.do === what);
  const body = { user, thread, message: message.id, value, inputs };
  const answer = await call(url, { user, method: "POST", path: "/console/actions", body });
  if (answer.status >= 300) {
    throw new Error(`Pressing ${what} as ${user}: ${answer.status} ${JSON.stringify(answer.body)}`);
  }
}

/** True when the card of the message offers this action. */
export function offers(message: Message, what: string): boolean {
  return actionsIn(message.card).some((action) => action.do === what);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
