import { createHash } from "node:crypto";

/** 192 random bits in 32 characters that need no escaping in a URL or a cookie. */
const SECRET = /^[A-Za-z0-9_-]{32}$/;

export type RandomBytes = (size: number) => Uint8Array;

export function newSecret(randomBytes: RandomBytes): string {
  return Buffer.from(randomBytes(24)).toString("base64url");
}

export function isSecret(text: string): boolean {
  return SECRET.test(text);
}

/** Lower-case hex sha256: what the database holds instead of a secret. */
export function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

/** The secret stands in the fragment, which no browser sends: only the page's POST spends it. */
export function linkUrl(publicUrl: string, secret: string): string {
  return `${publicUrl.replace(/\/+$/, "")}/s#${secret}`;
}
