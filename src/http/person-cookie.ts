import type { Address } from "./auth.ts";

/**
 * The cookie of the person who spent a link in this browser. Browsers refuse the `__Host-` prefix
 * without TLS, so on plain http://localhost it has another name and is not `Secure`.
 */
export function personCookie(header: string | undefined, address: Address): string | null {
  const name = `${nameOf(address)}=`;
  const pairs = (header ?? "").split(";").map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(name))?.slice(name.length) ?? null;
}

/** A Set-Cookie header; no other site's page can make the browser send it. */
export function setPersonCookie(value: string, address: Address, maxAgeMs: number): string {
  const age = Math.floor(maxAgeMs / 1_000);
  const flags = `Path=/; HttpOnly; SameSite=Strict; Max-Age=${age}`;
  return `${nameOf(address)}=${value}; ${flags}${isTls(address) ? "; Secure" : ""}`;
}

function nameOf(address: Address): string {
  return isTls(address) ? "__Host-person" : "mcp-person";
}

function isTls({ publicUrl }: Address): boolean {
  return publicUrl?.startsWith("https:") === true;
}
