import type { Lang } from "#text/wording.ts";
import type { Size } from "./terminal.ts";

export type DriverName = "bubblewrap" | "just-bash";

/** A running shell, whatever stands behind it. */
export type Shell = {
  write(text: string): void;
  resize(size: Size): void;
  pause(): void;
  resume(): void;
  onOutput(listener: (text: string) => void): void;
  /** Called once, also after `end`. */
  onEnd(listener: () => void): void;
  /** Kills it and waits until nothing of it is left; false when something would not go. */
  end(): Promise<boolean>;
};

/** A way to make shells; it says its name, so that people know what they have. */
export type Driver = {
  readonly name: DriverName;
  start(options: { size: Size; lang: Lang }): Shell;
};
