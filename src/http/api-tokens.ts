import { createHash, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { machineId, PersonId } from "#deployments/ids.ts";
import { isTeam, LOCAL_POLICY, type Policy } from "#deployments/policy.ts";
import type { Role, Viewer } from "#deployments/viewer.ts";
import { isRefusal, refusal, type Refusal } from "#text/refusal.ts";
import type { TokenRefused } from "./ports.ts";

export const SCOPES = [
  "deployments:read",
  "deployments:write",
  "modules:read",
  "curriculum:read",
] as const;
export const Scope = z.enum(SCOPES);
export type Scope = z.infer<typeof Scope>;

/** Who may ask for a deployment may also look at it, and see what there is to ask for. */
const INCLUDES: Readonly<Record<Scope, readonly Scope[]>> = {
  "deployments:read": ["deployments:read", "modules:read"],
  "deployments:write": ["deployments:write", "deployments:read", "modules:read"],
  "modules:read": ["modules:read"],
  "curriculum:read": ["curriculum:read"],
};

/** A name and ten characters of base 32, so that a log or a card says which token it was. */
export const TokenId = z.string().regex(/^[a-z][a-z0-9-]{0,39}-[a-z2-7]{10}$/);
export const TokenName = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);

/** One token as the file keeps it: never the secret, only its hash. */
export const ApiToken = z.strictObject({
  id: TokenId,
  name: TokenName,
  /** sha256 of the secret, hex. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  scopes: z.array(Scope).min(1),
  team: z.string().optional(),
  /** The person who answers for it; tokens of before 2026-11-21 have none. */
  owner: PersonId.optional(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().optional(),
  revokedAt: z.iso.datetime().optional(),
});
export type ApiToken = z.infer<typeof ApiToken>;

/** What API_TOKENS_FILE holds. */
export const TokensFile = z
  .strictObject({ tokens: z.array(ApiToken) })
  .refine(
    ({ tokens }) => new Set(tokens.map(({ id }) => id)).size === tokens.length,
    "two tokens have the same id",
  );

/** `mcp_<id>_<secret>`, the secret 32 random bytes; a fixed beginning lets scanners find a lost one. */
export function tokenText(id: string, secret: string): string {
  return `mcp_${id}_${secret}`;
}

const TEXT = /^Bearer mcp_([a-z0-9-]{12,51})_([A-Za-z0-9_-]{43})$/i;

/**
 * A fast hash is enough: a secret of 256 random bits cannot be guessed from it, and a slow one
 * would let strangers keep us busy.
 */
export function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

export type Judged =
  | { readonly is: "good"; readonly token: ApiToken }
  | ({ readonly is: "bad" } & TokenRefused);

/** What an `Authorization` header is worth at this moment. */
export function judgeToken(tokens: readonly ApiToken[], header: string, now: Date): Judged {
  const [, id, secret] = TEXT.exec(header) ?? [];
  const token = tokens.find((one) => one.id === id);
  // An unknown id is compared too, so that time does not tell which ids there are.
  const fits = sameHash(hashOf(secret ?? ""), token?.hash ?? hashOf(""));
  if (token === undefined || secret === undefined || !fits) {
    return { is: "bad", why: "token-unknown", id: null };
  }
  const over = overAs(token, now);
  return over === null ? { is: "good", token } : { is: "bad", why: over, id: token.id };
}

/** Null: the token is good at this moment. */
export function overAs({ revokedAt, expiresAt }: ApiToken, now: Date) {
  if (revokedAt !== undefined) {
    return "token-revoked";
  }
  return expiresAt !== undefined && new Date(expiresAt) <= now ? "token-expired" : null;
}

function sameHash(one: string, other: string): boolean {
  return timingSafeEqual(Buffer.from(one, "hex"), Buffer.from(other, "hex"));
}

export function mayWith(token: ApiToken, needs: Scope): boolean {
  return token.scopes.some((scope) => INCLUDES[scope].includes(needs));
}

/**
 * The machine that a token stands for: its team's deployments and no others, never a vote. Refused
 * while its team is none of the policy file's: it neither sees nor asks. Without such a file nobody
 * keeps a list of teams.
 */
export function machineOf(token: ApiToken, policy: Policy): Viewer | Refusal {
  const { team, owner } = token;
  if (team !== undefined && policy !== LOCAL_POLICY && !isTeam(policy, team)) {
    return refusal("token-team-gone", { team });
  }
  const roles: Role[] = [
    ...(mayWith(token, "deployments:read") ? (["viewer"] as const) : []),
    ...(mayWith(token, "deployments:write") ? (["requester"] as const) : []),
  ];
  return {
    person: machineId(token.id),
    name: token.name,
    roles,
    teams: team === undefined ? [] : [team],
    groups: [],
    kind: "machine",
    ...(owner === undefined ? {} : { owner }),
  };
}

/** The machine behind a recorded id, as long as its token is good; null for people. */
export function machineBehind(
  tokens: readonly ApiToken[],
  person: PersonId,
  { policy, now }: { readonly policy: Policy; readonly now: Date },
): Viewer | null {
  const token = tokens.find(({ id }) => machineId(id) === person);
  if (token === undefined || overAs(token, now) !== null) {
    return null;
  }
  const machine = machineOf(token, policy);
  return isRefusal(machine) ? null : machine;
}
