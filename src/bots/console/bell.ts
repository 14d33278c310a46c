/** Tells open streams of this process that the console's messages changed; they also poll. */
export type Bell = {
  ring(): void;
  /** Answers how to stop listening. */
  onRing(listener: () => void): () => void;
};

export function openBell(): Bell {
  const listeners = new Set<() => void>();
  return {
    ring() {
      for (const listener of listeners) {
        listener();
      }
    },
    onRing(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
