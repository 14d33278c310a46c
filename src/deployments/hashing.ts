import type { OpenChange } from "./change.ts";
import { canonical } from "./fingerprint.ts";
import type { Digest } from "./ids.ts";

/** Keyed hashes: without the key nobody finds a short secret value out by trying. */
export interface Hasher {
  /** Under the key of this moment. */
  hash(text: string): Digest;
  /** True under the key of this moment or under the one before it. */
  fits(text: string, hash: Digest): boolean;
}

type Valued = Pick<OpenChange, "id" | "vars">;

/** What a vote is bound to beside the plan's digest: the values of this change. */
export function varsHashOf(change: Valued, hasher: Hasher): Digest {
  return hasher.hash(textOf(change));
}

export function fitsVars(change: Valued, hash: Digest, hasher: Hasher): boolean {
  return hasher.fits(textOf(change), hash);
}

function textOf({ id, vars }: Valued): string {
  return canonical({ change: id, vars });
}
