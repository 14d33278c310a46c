import type { Settings } from "./session.ts";
import type { Value, ValueMap } from "./values.ts";

/** What the cloud knows when it brings an object into being. */
export type Making = {
  /** The planned object with its id; other values may still be unknown. */
  readonly object: ValueMap;
  readonly id: string;
  readonly settings: Settings;
  /** ISO time. */
  readonly now: string;
  readonly lookup: (type: string, id: string) => Promise<ValueMap | null>;
};

/**
 * Values that the cloud brings, by path without positions (`vpc_config.vpc_id`). Used where the
 * plan left a value open; everything it does not name gets an empty value of its type.
 */
export type Brought = Readonly<Record<string, Value>>;
export type Bring = (making: Making) => Promise<Brought> | Brought;
