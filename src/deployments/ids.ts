import { z } from "zod";

/** Ids are a prefix and ten characters of base 32, safe in paths, URLs and button values. */
const tail = "[a-z2-7]{10}";

export const DeploymentId = z
  .string()
  .regex(new RegExp(`^dep-${tail}$`))
  .brand<"DeploymentId">();
export type DeploymentId = z.infer<typeof DeploymentId>;

export const ChangeId = z
  .string()
  .regex(new RegExp(`^chg-${tail}$`))
  .brand<"ChangeId">();
export type ChangeId = z.infer<typeof ChangeId>;

export const RunId = z
  .string()
  .regex(new RegExp(`^run-${tail}$`))
  .brand<"RunId">();
export type RunId = z.infer<typeof RunId>;

/** A person's key in the policy file, the same on every platform: `dev`, `lead`, `mina.kim`. */
export const PersonId = z
  .string()
  .regex(/^[a-z][a-z0-9._-]{0,63}$/)
  .brand<"PersonId">();
export type PersonId = z.infer<typeof PersonId>;

const MACHINE = "token.";

/** The id under which a machine asks for things; the policy file may name nobody like that. */
export function machineId(token: string): PersonId {
  return PersonId.parse(`${MACHINE}${token}`);
}

export function isMachineId(id: string): boolean {
  return id.startsWith(MACHINE);
}

/** Lower-case hex sha256. */
export const Digest = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .brand<"Digest">();
export type Digest = z.infer<typeof Digest>;

/** Where new ids come from; a parameter, so that tests can make them stable. */
export type Ids = { deployment(): DeploymentId; change(): ChangeId; run(): RunId };

const ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

type RandomBytes = (size: number) => Uint8Array;

/** Ids from a source of random bytes. */
export function randomIds(randomBytes: RandomBytes): Ids {
  return {
    deployment: () => DeploymentId.parse(`dep-${randomTail(randomBytes)}`),
    change: () => ChangeId.parse(`chg-${randomTail(randomBytes)}`),
    run: () => RunId.parse(`run-${randomTail(randomBytes)}`),
  };
}

/** The ten characters behind an id's prefix: 50 random bits. */
export function randomTail(randomBytes: RandomBytes): string {
  return Array.from(randomBytes(10), (byte) => ALPHABET.charAt(byte % 32)).join("");
}
