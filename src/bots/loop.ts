import type { Log } from "#telemetry/log.ts";

/** Work that is taken from a record in the database, at once when rung for and by poll otherwise. */
export type Loop = AsyncDisposable & {
  /** There may be something to do now. A lost ring costs one poll. */
  ring(): void;
};

export type LoopOptions = {
  /** For the log. */
  readonly name: string;
  /** Does one thing; false when there was nothing to do. */
  readonly step: () => Promise<boolean>;
  readonly everyMs: number;
  /** How many steps may be under way at once. */
  readonly hands?: number;
  readonly log: Log;
};

/** Starts to work; disposing it waits for the steps that are under way. */
export function startLoop(options: LoopOptions): Loop {
  const closing = new AbortController();
  const bells = new Set<() => void>();
  // A ring while every hand is busy must not be lost to the one that looks just now.
  const rings = { count: 0 };

  const hands = Array.from({ length: options.hands ?? 1 }, () =>
    work(options, closing.signal, (seen) => rest({ seen, rings, bells, everyMs: options.everyMs })),
  );

  function ring(): void {
    rings.count += 1;
    for (const wake of bells) {
      wake();
    }
  }

  async function work(
    { name, step, log }: LoopOptions,
    closed: AbortSignal,
    wait: (seen: number) => Promise<void>,
  ): Promise<void> {
    while (!closed.aborted) {
      const seen = rings.count;
      try {
        if (!(await step())) {
          await wait(seen);
        }
      } catch (error) {
        log.error({ err: error, loop: name }, "a step of this loop failed; it goes on");
        await wait(rings.count);
      }
    }
  }

  return {
    ring,
    async [Symbol.asyncDispose]() {
      closing.abort();
      ring();
      await Promise.all(hands);
    },
  };
}

type Rest = {
  readonly seen: number;
  readonly rings: { readonly count: number };
  readonly bells: Set<() => void>;
  readonly everyMs: number;
};

/** Until the next ring or poll; not at all when somebody rang since the step began. */
async function rest({ seen, rings, bells, everyMs }: Rest): Promise<void> {
  if (rings.count !== seen) {
    return;
  }
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, everyMs);
  bells.add(resolve);
  await promise;
  clearTimeout(timer);
  bells.delete(resolve);
}
