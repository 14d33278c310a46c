/** Named timers that keep no process alive; setting one again starts it anew. */
export class Timers<Name extends string> {
  readonly #timers = new Map<Name, NodeJS.Timeout>();
  #closed = false;

  set(name: Name, ms: number, act: () => void): void {
    this.stop(name);
    if (!this.#closed) {
      const timer = setTimeout(() => {
        this.#timers.delete(name);
        act();
      }, ms);
      this.#timers.set(name, timer.unref());
    }
  }

  /** Leaves one that runs as it is. */
  setOnce(name: Name, ms: number, act: () => void): void {
    if (!this.#timers.has(name)) {
      this.set(name, ms, act);
    }
  }

  stop(name: Name): void {
    clearTimeout(this.#timers.get(name));
    this.#timers.delete(name);
  }

  /** Stops all of them; none can be set any more. */
  close(): void {
    this.#closed = true;
    for (const timer of this.#timers.values()) {
      clearTimeout(timer);
    }
    this.#timers.clear();
  }
}
