import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from "node:crypto";
import { Secret } from "#telemetry/secret.ts";
import type { Database } from "./database.ts";

/** What is sealed or signed for; each has a key of its own, so one use never opens another. */
export type KeyLabel = string;

/** The root key is never used itself: every use derives its own by HKDF-SHA256. */
export interface Keys {
  /**
   * AES-256-GCM. `context` (a row's key, say) is authenticated: a sealed value moved to
   * another row does not open. Layout: format byte, 8 bytes key id, 12 bytes nonce, 16 bytes tag, data.
   */
  seal(label: KeyLabel, plain: Uint8Array, context: string): Buffer;
  /** Throws `UnknownKey` or `CannotOpen`. */
  open(label: KeyLabel, sealed: Uint8Array, context: string): Buffer;
  /** HMAC-SHA256 under the current key. */
  mac(label: KeyLabel, data: string | Uint8Array): Buffer;
  /** The same under every root key that is given here, the current one first. */
  macs(label: KeyLabel, data: string | Uint8Array): readonly Buffer[];
  /** The same under the root key with this id; null when it is not given here. */
  macBy(keyId: string, label: KeyLabel, data: string | Uint8Array): Buffer | null;
  /** Names the current root key without telling anything about it; hex. */
  readonly currentId: string;
}

/** The value was sealed under a root key that this process does not have. */
export class UnknownKey extends Error {
  override readonly name = "UnknownKey";
}

/** The value was changed, moved to another row, or is not one of ours. */
export class CannotOpen extends Error {
  override readonly name = "CannotOpen";
}

/** The database was written under another SECRET_KEY. */
export class WrongSecretKey extends Error {
  override readonly name = "WrongSecretKey";
}

const FORMAT = 1;
const ID_BYTES = 8;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = 1 + ID_BYTES;
const OVERHEAD_BYTES = HEADER_BYTES + NONCE_BYTES + TAG_BYTES;

/** `previous` may hold several, from as many rotations, with blanks between them. */
export function openKeys(roots: { secret: Secret; previous: Secret | null }): Keys {
  const current = openRoot(roots.secret);
  const known = [current, ...olderOf(roots.previous).map(openRoot)];
  return {
    currentId: current.id.toString("hex"),
    seal(label, plain, context) {
      const header = Buffer.concat([Buffer.of(FORMAT), current.id]);
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv("aes-256-gcm", current.derive(`seal:${label}`), nonce);
      cipher.setAAD(associated(header, context));
      const data = Buffer.concat([cipher.update(plain), cipher.final()]);
      return Buffer.concat([header, nonce, cipher.getAuthTag(), data]);
    },
    open(label, sealed, context) {
      const parts = split(sealed);
      const root = known.find(({ id }) => timingSafeEqual(id, parts.id));
      if (root === undefined) {
        throw new UnknownKey(`a stored value was sealed under a key that is not given here`);
      }
      return decrypt(root.derive(`seal:${label}`), parts, context);
    },
    mac: (label, data) => macOf(current, label, data),
    macs: (label, data) => known.map((root) => macOf(root, label, data)),
    macBy(keyId, label, data) {
      const root = known.find(({ id }) => id.toString("hex") === keyId);
      return root === undefined ? null : macOf(root, label, data);
    },
  };
}

/** The whole as well: a key that holds blanks is a key. */
function olderOf(previous: Secret | null): Secret[] {
  const whole = previous?.reveal() ?? "";
  const words = whole.split(/\s+/).filter((word) => word !== "" && word !== whole);
  return whole === "" ? [] : [whole, ...words].map((text) => new Secret(text));
}

function macOf(root: Root, label: KeyLabel, data: string | Uint8Array): Buffer {
  return createHmac("sha256", root.derive(`mac:${label}`))
    .update(data)
    .digest();
}

/**
 * Proves that this process can read what the database holds: every root key that ever wrote left
 * a sealed row, and all of them must open. Throws `WrongSecretKey`.
 */
export async function checkCanary(db: Database, keys: Keys): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.raw("lock table settings in share row exclusive mode");
    const rows: { key: string; value: Buffer }[] = await tx("settings")
      .whereLike("key", "canary:%")
      .select("key", "value");
    for (const row of rows) {
      openCanary(keys, row);
    }
    const key = `canary:${keys.currentId}`;
    const value = keys.seal("canary", Buffer.from("canary"), key);
    await tx("settings").insert({ key, value }).onConflict("key").ignore();
  });
}

function openCanary(keys: Keys, row: { key: string; value: Buffer }): void {
  try {
    keys.open("canary", row.value, row.key);
  } catch (cause) {
    throw new WrongSecretKey(
      "SECRET_KEY does not open what this database holds; start with the key it was written " +
        "with, and give older ones as SECRET_KEY_PREVIOUS.",
      { cause },
    );
  }
}

type Root = { readonly id: Buffer; derive(info: string): Buffer };

function openRoot(secret: Secret): Root {
  const derived = new Map<string, Buffer>();
  function derive(info: string): Buffer {
    const key = derived.get(info) ?? hkdf(secret, info);
    derived.set(info, key);
    return key;
  }
  return { id: hkdf(secret, "key-id").subarray(0, ID_BYTES), derive };
}

function hkdf(secret: Secret, info: string): Buffer {
  return Buffer.from(hkdfSync("sha256", secret.reveal(), "mcp-cloud-platform", info, 32));
}

type Parts = { header: Buffer; id: Buffer; nonce: Buffer; tag: Buffer; data: Buffer };

function split(sealed: Uint8Array): Parts {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  if (bytes.length < OVERHEAD_BYTES || bytes[0] !== FORMAT) {
    throw new CannotOpen("a stored value is not in the sealed format");
  }
  const nonceEnd = HEADER_BYTES + NONCE_BYTES;
  return {
    header: bytes.subarray(0, HEADER_BYTES),
    id: bytes.subarray(1, HEADER_BYTES),
    nonce: bytes.subarray(HEADER_BYTES, nonceEnd),
    tag: bytes.subarray(nonceEnd, OVERHEAD_BYTES),
    data: bytes.subarray(OVERHEAD_BYTES),
  };
}

function decrypt(key: Buffer, parts: Parts, context: string): Buffer {
  const decipher = createDecipheriv("aes-256-gcm", key, parts.nonce);
  decipher.setAAD(associated(parts.header, context));
  decipher.setAuthTag(parts.tag);
  const start = decipher.update(parts.data);
  try {
    return Buffer.concat([start, decipher.final()]);
  } catch (cause) {
    throw new CannotOpen("a stored value was changed or belongs to another row", { cause });
  }
}

function associated(header: Buffer, context: string): Buffer {
  return Buffer.concat([header, Buffer.from(context)]);
}
