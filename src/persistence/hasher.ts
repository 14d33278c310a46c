import { timingSafeEqual } from "node:crypto";
import type { Hasher } from "#deployments/hashing.ts";
import { Digest } from "#deployments/ids.ts";
import type { Keys } from "./keys.ts";

const LABEL = "vote-values";

/** What votes are bound to; a rotated key keeps the votes that were cast under the one before it. */
export function createHasher(keys: Pick<Keys, "mac" | "macs">): Hasher {
  return {
    hash: (text) => Digest.parse(keys.mac(LABEL, text).toString("hex")),
    fits(text, hash) {
      const found = Buffer.from(hash, "hex");
      return keys.macs(LABEL, text).some((mac) => timingSafeEqual(mac, found));
    },
  };
}
