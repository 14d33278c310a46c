import type { Driver } from "#sandbox/shell.ts";

/** A shell that says back what is typed; `exit` ends it. The test sees how it was held. */
export type FakeDriver = Driver & {
  readonly sizes: { columns: number; rows: number }[];
  readonly held: ("pause" | "resume")[];
  /** Prints to every running shell. */
  print(text: string): void;
  running(): number;
};

export function fakeDriver(): FakeDriver {
  const printers = new Set<(text: string) => void>();
  const sizes: { columns: number; rows: number }[] = [];
  const held: ("pause" | "resume")[] = [];
  return {
    name: "just-bash",
    sizes,
    held,
    print: (text) => printers.forEach((print) => print(text)),
    running: () => printers.size,
    start() {
      const outputs: ((text: string) => void)[] = [];
      const ends: (() => void)[] = [];
      const print = (text: string) => outputs.forEach((listener) => listener(text));
      printers.add(print);
      async function end(): Promise<boolean> {
        if (printers.delete(print)) {
          ends.forEach((listener) => listener());
        }
        return true;
      }
      return {
        write: (text) => (text === "exit\r" ? void end() : print(`<${text}>`)),
        resize: ({ columns, rows }) => void sizes.push({ columns, rows }),
        pause: () => void held.push("pause"),
        resume: () => void held.push("resume"),
        onOutput: (listener) => void outputs.push(listener),
        onEnd: (listener) => void ends.push(listener),
        end,
      };
    },
  };
}
