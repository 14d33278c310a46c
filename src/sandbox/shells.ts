import type { Log } from "#telemetry/log.ts";
import { refusal, type Refusal } from "#text/refusal.ts";
import type { SandboxLimits } from "./limits.ts";
import type { Session } from "./ports.ts";
import { openShell, type EndReason, type OpenShell, type Screen } from "./open-shell.ts";
import type { Driver, DriverName } from "./shell.ts";

/** The shells that run in this process, one for each session. */
export type Shells = AsyncDisposable & {
  readonly driver: DriverName;
  /** Refuses when the person or the host has as many as it may. */
  room(person: string): Refusal | null;
  /** Connects a screen to the session's shell, which starts now if it does not run yet. */
  connect(session: Session, screen: Screen): OpenShell | Refusal;
};

export type ShellsDeps = {
  readonly driver: Driver;
  readonly limits: SandboxLimits;
  readonly now: () => Date;
  readonly log: Log;
  /** Called when a shell has ended for good; its session is over then. */
  readonly onOver: (session: Session) => Promise<void>;
};

export function shells(deps: ShellsDeps): Shells {
  const open = new Map<string, { person: string; shell: OpenShell }>();
  const room = (person: string) => roomFor(person, [...open.values()], deps.limits);
  return {
    driver: deps.driver.name,
    room,
    connect(session, screen) {
      const there = open.get(session.id)?.shell;
      const full = there === undefined ? room(session.person) : null;
      if (full !== null) {
        return full;
      }
      const shell = there ?? start(deps, session, () => open.delete(session.id));
      open.set(session.id, { person: session.person, shell });
      return shell.attach(screen) ? shell : refusal("shell-open-elsewhere");
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([...open.values()].map(({ shell }) => shell.end("stopped")));
    },
  };
}

function roomFor(
  person: string,
  open: readonly { person: string }[],
  limits: SandboxLimits,
): Refusal | null {
  const own = open.filter((shell) => shell.person === person).length;
  if (own >= limits.shellsPerPerson) {
    return refusal("too-many-shells", { count: limits.shellsPerPerson });
  }
  return open.length < limits.shellsPerHost
    ? null
    : refusal("host-full", { count: limits.shellsPerHost });
}

function start(deps: ShellsDeps, session: Session, forgotten: () => void): OpenShell {
  const { driver, log } = deps;
  const about = { session: session.id, person: session.person, driver: driver.name };
  async function over(reason: EndReason, clean: boolean): Promise<void> {
    forgotten();
    const fields = { ...about, reason };
    if (clean) {
      log.info(fields, "shell ended");
    } else {
      log.error(fields, "shell ended, but processes of it are left");
    }
    await deps.onOver(session).catch((error: unknown) => {
      log.error({ ...fields, error: String(error) }, "the end of a shell was not recorded");
    });
  }
  log.info(about, "shell started");
  return openShell({ driver, session, limits: deps.limits, now: deps.now, over });
}
