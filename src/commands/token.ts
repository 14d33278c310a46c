import { randomBytes } from "node:crypto";
import { parseArgs } from "node:util";
import { tokenFilesOf } from "#config/config.ts";
import { PersonId, randomTail } from "#deployments/ids.ts";
import {
  hashOf,
  overAs,
  SCOPES,
  Scope,
  TokenName,
  tokenText,
  type ApiToken,
} from "#http/api-tokens.ts";
import { editTokens, readTokens } from "#persistence/token-file.ts";
import { TOKEN_COMMAND } from "#text/token-command.ts";
import { say, type Params } from "#text/wording.ts";
import { runCommand, Told } from "./run-command.ts";
import { remarksOn, type Holders, type PolicyFiles } from "./token-holders.ts";

/** A mistake in how the command was called; its message is the whole sentence. */
class Misused extends Told {
  constructor(code: keyof typeof TOKEN_COMMAND, params: Params = {}) {
    super(say(TOKEN_COMMAND[code], "en", params));
  }
}

const OPTIONS = {
  name: { type: "string" },
  scope: { type: "string", multiple: true },
  team: { type: "string" },
  owner: { type: "string" },
  expires: { type: "string" },
} as const;

type Values = {
  name?: string;
  scope?: string[];
  team?: string;
  owner?: string;
  expires?: string;
};

type Order = {
  readonly file: string;
  readonly policies: PolicyFiles;
  readonly now: Date;
  readonly words: readonly string[];
  readonly values: Values;
};

const ACTIONS = { create, list, revoke } as const;

function main(): number {
  const { tokens: file, ...policies } = tokenFilesOf(process.env);
  if (file === null) {
    throw new Misused("noFile");
  }
  const { positionals, values } = read();
  const [action = "", ...words] = positionals;
  if (!isAction(action)) {
    throw new Misused("usage", { scopes: SCOPES.join(", ") });
  }
  ACTIONS[action]({ file, policies, now: new Date(), words, values });
  return 0;
}

function read() {
  try {
    return parseArgs({ allowPositionals: true, options: OPTIONS });
  } catch {
    throw new Misused("usage", { scopes: SCOPES.join(", ") });
  }
}

function isAction(word: string): word is keyof typeof ACTIONS {
  return Object.hasOwn(ACTIONS, word);
}

/** The secret is printed here and nowhere else, ever. */
function create({ file, policies, now, values }: Order): void {
  const name = TokenName.safeParse(values.name);
  if (!name.success) {
    throw new Misused("badName", { name: values.name ?? "" });
  }
  const scopes = scopesOf(values.scope ?? []);
  const expiresAt = expiryOf(values.expires, now);
  const holders = holdersOf(values, policies);
  const secret = randomBytes(32).toString("base64url");
  const id = `${name.data}-${randomTail(randomBytes)}`;
  const token: ApiToken = {
    id,
    name: name.data,
    hash: hashOf(secret),
    scopes,
    ...holders,
    createdAt: now.toISOString(),
    ...(expiresAt === null ? {} : { expiresAt }),
  };
  editTokens(file, (tokens) => [...tokens, token]);
  console.log(tokenText(id, secret));
  console.error(say(TOKEN_COMMAND.created, "en", { id, file }));
}

/** Checked against the policy file; what does not stand in the way is told. */
function holdersOf({ owner, team }: Values, policies: PolicyFiles) {
  const wanted: Holders = { owner, team };
  const remarks = remarksOn(wanted, policies);
  for (const { stops, code, params } of remarks) {
    if (stops) {
      throw new Misused(code, params);
    }
    console.error(say(TOKEN_COMMAND[code], "en", params));
  }
  return {
    ...(team === undefined ? {} : { team }),
    ...(owner === undefined ? {} : { owner: PersonId.parse(owner) }),
  };
}

function scopesOf(given: readonly string[]): Scope[] {
  const wanted = given.flatMap((scope) => scope.split(",")).map((scope) => scope.trim());
  const wrong = wanted.find((scope) => !Scope.safeParse(scope).success);
  if (wanted.length === 0 || wrong !== undefined) {
    throw new Misused("badScope", { scope: wrong ?? "", scopes: SCOPES.join(", ") });
  }
  return [...new Set(wanted)].map((scope) => Scope.parse(scope));
}

const HOUR_MS = 3_600_000;
const UNITS: Readonly<Record<string, number>> = { h: HOUR_MS, d: 24 * HOUR_MS };

/** `90d`, `12h`; null: it does not run out. */
function expiryOf(given: string | undefined, now: Date): string | null {
  if (given === undefined) {
    return null;
  }
  const [, count, unit = ""] = /^([1-9]\d{0,4})([dh])$/.exec(given) ?? [];
  const ms = UNITS[unit];
  if (count === undefined || ms === undefined) {
    throw new Misused("badExpiry", { given });
  }
  return new Date(now.getTime() + Number(count) * ms).toISOString();
}

function list({ file, now }: Order): void {
  for (const token of readTokens(file)) {
    const { id, scopes, team = "-", owner = "-", expiresAt = "never" } = token;
    const state = overAs(token, now) ?? "good";
    const whose = [`team ${team}`, `owner ${owner}`, `until ${expiresAt}`];
    console.log([id, state, scopes.join(","), ...whose].join("\t"));
  }
}

/** It stays in the file, so that the audit's ids still say whose they were. */
function revoke({ file, now, words: [id = ""] }: Order): void {
  editTokens(file, (tokens) => {
    if (!tokens.some((token) => token.id === id)) {
      throw new Misused("unknownId", { id });
    }
    return tokens.map((token) =>
      token.id === id && token.revokedAt === undefined
        ? { ...token, revokedAt: now.toISOString() }
        : token,
    );
  });
  console.log(say(TOKEN_COMMAND.revoked, "en", { id }));
}

await runCommand(main);
