import { createHash } from "node:crypto";
import { Digest } from "./ids.ts";

/** sha256 of a value, the same for the same value in whatever order its keys stand. */
export function fingerprint(value: unknown): Digest {
  return Digest.parse(createHash("sha256").update(canonical(value)).digest("hex"));
}

/** JSON of a value with every object's keys in order. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
