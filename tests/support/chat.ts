import { randomBytes } from "node:crypto";
import { announceDue } from "#bots/announcer.ts";
import { openBell } from "#bots/console/bell.ts";
import { consolePlatform } from "#bots/console/platform.ts";
import { handleNext, type IncomingParts } from "#bots/incoming.ts";
import { sendNext } from "#bots/outbox.ts";
import type { Platform } from "#bots/ports.ts";
import { createConsoleMessages } from "#persistence/console-messages.ts";
import type { Database } from "#persistence/database.ts";
import { createInbox } from "#persistence/inbox.ts";
import { createOutbox } from "#persistence/outbox.ts";
import { SILENT } from "#telemetry/log.ts";
import { refusal } from "#text/refusal.ts";
import { fakeAgent, LEARNING, LOCAL, localReader, NO_MODULES } from "#tests/fakes/chat.ts";
import { heart } from "./deployments.ts";

type Over = Partial<
  Pick<IncomingParts, "agent" | "catalogue" | "inbox" | "openShell" | "policy" | "service">
> & {
  readonly platform?: Platform;
};

/** Everything behind a chat door on real stores, moved on by hand instead of by its loops. */
export function chatHouse(db: Database, over: Over = {}) {
  const house = heart(db);
  const inbox = createInbox(db);
  const outbox = createOutbox(db);
  const messages = createConsoleMessages(db, localReader);
  const bell = openBell();
  const platform = over.platform ?? consolePlatform(messages, bell);
  const parts = {
    agent: fakeAgent().agent,
    inbox,
    outbox,
    service: house.service,
    deployments: house.deployments,
    runs: house.runs,
    driftChecks: house.parts.driftChecks,
    catalogue: NO_MODULES,
    regions: { all: () => [] },
    learning: LEARNING,
    openShell: null,
    openPage: async () => refusal("not-found", { id: "" }),
    policy: LOCAL,
    simulated: true,
    isolation: "open" as const,
    clock: house.parts.clock,
    hasher: house.parts.hasher,
    log: SILENT,
    onHandled: () => {},
    onAnnounced: () => {},
    ...over,
  };

  /** Until nothing is due now; what is put off stays put off. */
  async function settle(): Promise<void> {
    const steps = [
      () => handleNext(parts),
      () => announceDue(parts),
      () => sendNext({ outbox, platform, log: SILENT }),
    ];
    for (const step of steps) {
      while (await step()) {
        // Each step takes one thing; the next look says when there is none.
      }
    }
  }

  /** As though a minute had passed: leases are over, what was put off is due. */
  async function aMinuteLater(): Promise<void> {
    await db.raw("update inbox set leased_until = leased_until - interval '70 seconds'");
    await db.raw("update messages set next_at = next_at - interval '70 seconds'");
  }

  /** The thread as one person sees it: titles of cards and bare words. */
  async function thread(name: string, user: string | null = null): Promise<string[]> {
    const all = await messages.messages(name, user);
    return all.map(({ card, text }) => card?.title ?? text);
  }

  const randomId = () => randomBytes(8).toString("hex");
  return {
    db,
    house,
    inbox,
    outbox,
    messages,
    bell,
    parts,
    settle,
    aMinuteLater,
    thread,
    randomId,
  };
}

export type ChatHouse = ReturnType<typeof chatHouse>;
