import { statSync } from "node:fs";

/** A file as it was read last; `current` is never behind by more than `everyMs`. */
export type Watched<T> = Disposable & { current(): T };

export type Watching<T> = {
  /** Reads and checks the file; called again after every edit. May throw. */
  readonly read: () => T;
  /** An edit was read. */
  readonly onRead: () => void;
  /** An edit could not be used; what was read before stays. */
  readonly onBroken: (error: unknown) => void;
  readonly everyMs?: number;
};

// Looking at it, not listening: editors, ConfigMaps and network folders replace the file in ways
// of which a listener hears nothing.
const EVERY_MS = 500;

/** Reads the file now, which may throw, and again whenever it has changed. */
export function watchFile<T>(file: string, watching: Watching<T>): Watched<T> {
  // Taken before the reading: an edit in between is seen at the next look.
  let seen = markOf(file);
  let toldBroken = "";
  let value = watching.read();

  function look(): void {
    const mark = markOf(file);
    if (mark === seen) {
      return;
    }
    try {
      value = watching.read();
      seen = mark;
      watching.onRead();
    } catch (error) {
      // Read again at the next look, because it may be this process that had no descriptor left.
      if (mark !== toldBroken) {
        toldBroken = mark;
        watching.onBroken(error);
      }
    }
  }

  const looking = setInterval(look, watching.everyMs ?? EVERY_MS);
  looking.unref();
  return { current: () => value, [Symbol.dispose]: () => clearInterval(looking) };
}

/** Another one after every edit; "" while there is no such file. */
function markOf(file: string): string {
  const found = statSync(file, { bigint: true, throwIfNoEntry: false });
  return found === undefined ? "" : `${found.ino} ${found.size} ${found.mtimeNs}`;
}
