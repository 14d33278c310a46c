import type { SandboxLimits } from "./limits.ts";
import type { Session } from "./ports.ts";
import type { Driver, Shell } from "./shell.ts";
import type { Size } from "./terminal.ts";
import { Timers } from "./timers.ts";

/** Why a shell is over; each has a sentence in `text/sandbox.ts`. */
export type EndReason = "exit" | "idle" | "time" | "output" | "left" | "stopped";

/** The other end of a shell: a browser. */
export type Screen = {
  show(text: string): void;
  over(reason: EndReason): void;
};

/** A shell with its limits and, at most, one screen. */
export type OpenShell = {
  /** False when a screen is there already. A new one first gets what was printed last. */
  attach(screen: Screen): boolean;
  /** The shell goes on without a screen for a while. */
  detach(): void;
  type(text: string): void;
  resize(size: Size): void;
  /** The screen cannot take more, or can again. */
  hold(on: boolean): void;
  end(reason: EndReason): Promise<void>;
};

export type OpenShellDeps = {
  readonly driver: Driver;
  readonly session: Session;
  readonly limits: SandboxLimits;
  readonly now: () => Date;
  readonly over: (reason: EndReason, clean: boolean) => Promise<void>;
};

const FIRST_SIZE: Size = { columns: 80, rows: 24 };
const REMEMBERED = 64 * 1024;
const SECOND_MS = 1_000;

export function openShell(deps: OpenShellDeps): OpenShell {
  return new LimitedShell(deps);
}

class LimitedShell implements OpenShell {
  readonly #deps: OpenShellDeps;
  readonly #shell: Shell;
  readonly #timers = new Timers<"idle" | "time" | "left" | "second">();
  readonly #brakes = new Set<"screen" | "rate">();
  #screen: Screen | null = null;
  #recent = "";
  #printed = 0;
  #printedThisSecond = 0;
  #ending: Promise<void> | null = null;

  constructor(deps: OpenShellDeps) {
    const { driver, session, limits, now } = deps;
    this.#deps = deps;
    this.#shell = driver.start({ size: FIRST_SIZE, lang: session.lang });
    this.#shell.onOutput((text) => this.#print(text));
    this.#shell.onEnd(() => void this.end("exit"));
    this.#endAfter("time", session.endsAt.getTime() - now().getTime());
    this.#endAfter("idle", limits.idleMs);
    this.#endAfter("left", limits.detachedMs);
  }

  attach(screen: Screen): boolean {
    if (this.#screen !== null) {
      return false;
    }
    this.#screen = screen;
    this.#timers.stop("left");
    if (this.#recent !== "") {
      screen.show(this.#recent);
    }
    return true;
  }

  detach(): void {
    this.#screen = null;
    this.hold(false);
    this.#endAfter("left", this.#deps.limits.detachedMs);
  }

  type(text: string): void {
    this.#endAfter("idle", this.#deps.limits.idleMs);
    this.#shell.write(text);
  }

  resize(size: Size): void {
    this.#shell.resize(size);
  }

  hold(on: boolean): void {
    this.#brake("screen", on);
  }

  end(reason: EndReason): Promise<void> {
    // In a later turn: the shell may report its end while it is being ended, and finds this then.
    this.#ending ??= Promise.resolve().then(() => this.#finish(reason));
    return this.#ending;
  }

  async #finish(reason: EndReason): Promise<void> {
    this.#timers.close();
    const clean = await this.#shell.end();
    this.#screen?.over(reason);
    await this.#deps.over(reason, clean);
  }

  #endAfter(reason: "idle" | "time" | "left", ms: number): void {
    this.#timers.set(reason, ms, () => void this.end(reason));
  }

  #print(text: string): void {
    this.#recent = (this.#recent + text).slice(-REMEMBERED);
    this.#screen?.show(text);
    this.#count(Buffer.byteLength(text));
  }

  #count(bytes: number): void {
    const { limits } = this.#deps;
    this.#printed += bytes;
    this.#printedThisSecond += bytes;
    if (this.#printed > limits.outputBytes) {
      void this.end("output");
    }
    if (this.#printedThisSecond > limits.outputBytesPerSecond) {
      this.#brake("rate", true);
    }
    this.#timers.setOnce("second", SECOND_MS, () => {
      this.#printedThisSecond = 0;
      this.#brake("rate", false);
    });
  }

  /** The shell is read only while nobody brakes. */
  #brake(who: "screen" | "rate", on: boolean): void {
    const before = this.#brakes.size;
    if (on) {
      this.#brakes.add(who);
    } else {
      this.#brakes.delete(who);
    }
    if (before === 0 && this.#brakes.size > 0) {
      this.#shell.pause();
    } else if (before > 0 && this.#brakes.size === 0) {
      this.#shell.resume();
    }
  }
}
