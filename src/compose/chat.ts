import { randomUUID } from "node:crypto";
import { createAgent } from "#agent/agent.ts";
import { rememberInMemory } from "#agent/conversation.ts";
import { OFFLINE_MODEL, offlineRules } from "#agent/offline.ts";
import type { Agent } from "#agent/ports.ts";
import { platformTools } from "#agent/tools/platform-tools.ts";
import { openRegistry } from "#agent/tools/registry.ts";
import { startAnnouncer } from "#bots/announcer.ts";
import type { ShownIsolation } from "#bots/cards/about.ts";
import { consoleDoor } from "#bots/console/app.ts";
import { openBell } from "#bots/console/bell.ts";
import { consolePlatform } from "#bots/console/platform.ts";
import { consoleReader } from "#bots/console/reader.ts";
import { startIncoming } from "#bots/incoming.ts";
import { learningCards } from "#bots/learning.ts";
import { startSender } from "#bots/outbox.ts";
import type { OpenPage, OpenShell } from "#bots/ports.ts";
import type { Curriculum } from "#curriculum/service.ts";
import type { DeploymentService } from "#deployments/service.ts";
import { createConsoleMessages } from "#persistence/console-messages.ts";
import { createInbox } from "#persistence/inbox.ts";
import { createOutbox } from "#persistence/outbox.ts";
import type { RequestListener } from "node:http";
import type { Foundation } from "./foundation.ts";

export type ChatParts = {
  readonly service: DeploymentService;
  readonly curriculum: Curriculum;
  readonly openShell: OpenShell;
  readonly openPage: OpenPage;
};

/** The agent and everything between it and people; answers the console's door. */
export function startChat(
  base: Foundation,
  parts: ChatParts,
  closing: AsyncDisposableStack,
): RequestListener {
  const { db, log, policy, config } = base;
  const simulated = config.cloud.is === "simulated";
  const outbox = createOutbox(db);
  const inbox = createInbox(db);
  const messages = createConsoleMessages(db, (user) => consoleReader(policy.current(), user));
  const bell = openBell();
  const drawing = { policy, simulated, isolation: isolationOf(base), outbox };
  // Closed in the reverse order: nothing new comes in while answers still go out.
  const sender = closing.use(
    startSender({ outbox, log, platform: consolePlatform(messages, bell) }),
  );
  const ringSender = () => sender.ring();
  const announcer = closing.use(startAnnouncer({ ...base, ...drawing, onAnnounced: ringSender }));
  base.announced.onRing(() => announcer.ring());
  const incoming = closing.use(
    startIncoming({
      ...base,
      ...parts,
      ...drawing,
      inbox,
      agent: openAgent(base, parts),
      learning: learningCards(parts.curriculum),
      onHandled: ringSender,
    }),
  );
  return consoleDoor({
    messages,
    inbox,
    policy,
    bell,
    log,
    standIns: { simulated, offline: true },
    randomId: randomUUID,
    onReceived: () => incoming.ring(),
  });
}

function isolationOf({ execution }: Foundation): ShownIsolation {
  if (execution === null) {
    return "elsewhere";
  }
  return execution.isolation.launcher.is === "bubblewrap" ? "isolated" : "open";
}

function openAgent(base: Foundation, { service, curriculum }: ChatParts): Agent {
  const about = { model: OFFLINE_MODEL, offline: true };
  const tools = platformTools({ ...base, service, lessons: curriculum, about });
  return createAgent({
    model: offlineRules(tools, base.catalogue, base.regions),
    registry: openRegistry(tools),
    conversations: rememberInMemory(),
    log: base.log,
    clock: () => performance.now(),
    nonce: randomUUID,
  });
}
