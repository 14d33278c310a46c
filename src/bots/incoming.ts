import type { Log } from "#telemetry/log.ts";
import { CONVERSATION } from "#text/conversation.ts";
import { refusal } from "#text/refusal.ts";
import { languageOf, say } from "#text/wording.ts";
import { press, type ButtonParts } from "./button.ts";
import { converse } from "./conversation.ts";
import { startLoop, type Loop } from "./loop.ts";
import { settingFor, whoDid } from "./people.ts";
import type { Inbox, Incoming, Outbox, OutgoingMessage } from "./ports.ts";
import type { Pressed } from "./pressing.ts";
import { drawRefusal } from "./reply.ts";

const POLL_MS = 1000;
const RENEW_MS = 20_000;
const HANDS = 3;
const MOST_ATTEMPTS = 5;
const SHORTLY_MS = 300;

export type IncomingParts = ButtonParts & {
  readonly inbox: Inbox;
  readonly outbox: Pick<Outbox, "posted" | "write" | "revise">;
  readonly log: Log;
  /** Called when answers and effects are written, so that nobody waits for a poll. */
  readonly onHandled: () => void;
};

type Taken = { readonly incoming: Incoming; readonly attempts: number };

/** Handles inbox rows as they come, several people's at once. */
export function startIncoming(parts: IncomingParts): Loop {
  const step = () => handleNext(parts);
  return startLoop({ name: "incoming", step, everyMs: POLL_MS, hands: HANDS, log: parts.log });
}

/**
 * Handles the next inbox row, at least once. Effects carry the row's key and answers have fixed
 * keys, so that a row that comes again after a crash changes nothing twice. False: there is none.
 */
export async function handleNext(parts: IncomingParts): Promise<boolean> {
  const taken = await parts.inbox.next();
  if (taken !== null) {
    await handle(parts, taken);
  }
  return taken !== null;
}

async function handle(parts: IncomingParts, taken: Taken): Promise<void> {
  const { inbox, log } = parts;
  const { key } = taken.incoming;
  const renewing = setInterval(() => {
    inbox.renew(key).catch((error: unknown) => {
      log.warn({ err: error, key }, "the lease of an inbox row was not renewed");
    });
  }, RENEW_MS);
  try {
    await answer(parts, taken);
  } catch (error) {
    log.error({ err: error, key, attempts: taken.attempts }, "handling an inbox row failed");
    await failed(parts, taken);
  } finally {
    clearInterval(renewing);
    parts.onHandled();
  }
}

async function answer(parts: IncomingParts, taken: Taken): Promise<void> {
  const { inbox, outbox } = parts;
  const { key } = taken.incoming;
  const pressed = await think(parts, taken);
  if (pressed === "later") {
    await inbox.later(key, SHORTLY_MS);
    return;
  }
  await outbox.write(pressed.answers);
  if (pressed.revisions.length > 0 && !(await outbox.revise(pressed.revisions, []))) {
    // Somebody edited the same card at the same moment: look at it again.
    await inbox.later(key, SHORTLY_MS);
    return;
  }
  await inbox.done(key);
}

async function think(parts: IncomingParts, taken: Taken): Promise<Pressed | "later"> {
  const { incoming, attempts } = taken;
  const known = whoDid(parts.policy, incoming);
  if (known === null) {
    return { answers: [stranger(parts, incoming)], revisions: [] };
  }
  if (incoming.kind === "press") {
    return press(parts, { press: incoming, known, attempts });
  }
  return { answers: await converse(parts, { incoming, known }, incoming.text), revisions: [] };
}

function stranger(parts: IncomingParts, incoming: Incoming): OutgoingMessage {
  const setting = settingFor(parts, langOf(incoming));
  const content = drawRefusal(setting, refusal("person-unknown", { user: incoming.user }));
  const { key, place, user } = incoming;
  return { card: `reply:${key}:0`, revision: 1, place, onlyFor: user, content };
}

/** Tries again after a while; after the last attempt it says so instead of falling silent. */
async function failed({ inbox, outbox, log }: IncomingParts, taken: Taken): Promise<void> {
  const { incoming, attempts } = taken;
  const { key, place, user } = incoming;
  if (attempts < MOST_ATTEMPTS) {
    await inbox.later(key, 500 * 2 ** attempts);
    return;
  }
  const text = say(CONVERSATION.apology, langOf(incoming), { attempts, key });
  const content = { text, card: null, about: [] };
  await outbox.write([{ card: `sorry:${key}`, revision: 1, place, onlyFor: user, content }]);
  await inbox.done(key);
  log.error({ key, attempts }, "an inbox row was given up");
}

function langOf(incoming: Incoming): "en" | "ko" {
  return incoming.kind === "message" ? languageOf(incoming.text) : "en";
}
