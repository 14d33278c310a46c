import { randomBytes } from "node:crypto";
import type { OpenPage, OpenShell } from "#bots/ports.ts";
import { openCurriculum, type Curriculum } from "#curriculum/service.ts";
import { viewerOf } from "#deployments/policy.ts";
import { PersonId } from "#deployments/ids.ts";
import { createLessonProgress } from "#persistence/lesson-progress.ts";
import { sandboxLinks } from "#persistence/sandbox-links.ts";
import { chooseDriver } from "#sandbox/choose-driver.ts";
import { sandboxGateway, type Gateway } from "#sandbox/gateway.ts";
import { SANDBOX_LIMITS } from "#sandbox/limits.ts";
import { sandbox, type Sandbox } from "#sandbox/session.ts";
import type { Driver } from "#sandbox/shell.ts";
import { shells, type Shells } from "#sandbox/shells.ts";
import { refusal } from "#text/refusal.ts";
import type { Foundation } from "./foundation.ts";
import { shellHost } from "./host.ts";

export type Learning = {
  readonly curriculum: Curriculum;
  readonly sandbox: Sandbox;
  readonly shells: Shells;
  readonly gateway: Gateway;
  readonly openShell: OpenShell;
  readonly openPage: OpenPage;
};

/** Lessons and their shells. `publicUrl` is asked when a link is made: the port is known by then. */
export async function openLearning(
  base: Foundation,
  publicUrl: () => string,
  closing: AsyncDisposableStack,
): Promise<Learning> {
  const { db, log, policy, clock: now } = base;
  const links = sandboxLinks(db);
  const limits = SANDBOX_LIMITS;
  const open = shells({
    driver: await driverOf(base),
    limits,
    now,
    log,
    onOver: ({ id }) => links.endSession(id, now()),
  });
  const sessions = sandbox({
    links,
    limits,
    publicUrl,
    now,
    randomBytes,
    mayUse: async (person) => viewerOf(policy.current(), PersonId.parse(person)) !== null,
    room: (person) => open.room(person),
  });
  const gateway = closing.use(sandboxGateway({ sandbox: sessions, shells: open, limits }));
  // Closed before the gateway, so that people still read why their shell ends.
  closing.use(open);
  const progress = createLessonProgress(db);
  return {
    curriculum: openCurriculum({ course: base.course, progress, now }),
    sandbox: sessions,
    shells: open,
    gateway,
    openShell: ({ person }, lang, lesson) => sessions.open({ person, lesson, lang }),
    openPage: pageOpener(base, sessions),
  };
}

function pageOpener({ deployments }: Foundation, sessions: Sandbox): OpenPage {
  return async (viewer, lang, id) => {
    const seen = await deployments.seen(viewer, id);
    if (seen === null) {
      return refusal("not-found", { id });
    }
    const { url } = await sessions.openPage({ person: viewer.person, path: `/d/${id}`, lang });
    return { name: seen.name, url };
  };
}

/** What shells run in on this host; less than bubblewrap is said aloud. */
async function driverOf({ config, log }: Foundation): Promise<Driver> {
  const { driver, reason } = await chooseDriver(shellHost(config));
  log.info({ driver: driver.name, reason }, "shells of lessons");
  return driver;
}
