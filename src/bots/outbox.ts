import type { Log } from "#telemetry/log.ts";
import { startLoop, type Loop } from "./loop.ts";
import type { DueMessage, Outbox, Platform } from "./ports.ts";

const POLL_MS = 1000;
const MOST_ATTEMPTS = 12;
const LONGEST_WAIT_MS = 5 * 60_000;

export type SenderParts = {
  readonly outbox: Outbox;
  readonly platform: Platform;
  readonly log: Log;
};

/** Brings waiting messages to one platform, one at a time: a post where none stands, else an edit. */
export function startSender(parts: SenderParts): Loop {
  const name = `sender-${parts.platform.name}`;
  return startLoop({ name, step: () => sendNext(parts), everyMs: POLL_MS, log: parts.log });
}

/** Sends the next message that is due; false: there is none. */
export async function sendNext(parts: SenderParts): Promise<boolean> {
  const due = await parts.outbox.due(parts.platform.name);
  if (due === null) {
    return false;
  }
  try {
    await parts.outbox.sent(due.id, await bring(parts.platform, due));
  } catch (error) {
    await putOff(parts, due, error);
  }
  return true;
}

async function bring(platform: Platform, { message, postedAs }: DueMessage): Promise<string> {
  if (postedAs === null) {
    return platform.post(message);
  }
  await platform.edit(postedAs, message);
  return postedAs;
}

async function putOff({ outbox, log }: SenderParts, due: DueMessage, error: unknown) {
  const { id, attempts, message } = due;
  const fields = { err: error, card: message.card, revision: message.revision, attempts };
  if (attempts < MOST_ATTEMPTS) {
    log.warn(fields, "a message was not sent; it is tried again");
    await outbox.failed(id, Math.min(LONGEST_WAIT_MS, 1000 * 2 ** (attempts - 1)));
    return;
  }
  log.error(fields, "a message could not be sent and is given up");
  await outbox.giveUp(id);
}
