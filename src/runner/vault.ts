import { z } from "zod";
import { Secret } from "#telemetry/secret.ts";

/** Vault could not be reached, or gave nothing; the message says which, without any secret. */
export class VaultFailed extends Error {
  override readonly name = "VaultFailed";
}

/** Credentials that Vault made for one run. */
export type VaultCredentials = {
  readonly variables: Readonly<Record<string, Secret>>;
  /** Null: they end by themselves (an access token of Google's). */
  readonly lease: string | null;
};

export type Vault = {
  /** Makes credentials of this cloud at a path like `aws/creds/plan`. Throws `VaultFailed`. */
  credentials(path: string, cloud: "aws" | "gcp"): Promise<VaultCredentials>;
  /** Ends a lease before its time; one that is over already is no failure. Throws `VaultFailed`. */
  revoke(lease: string): Promise<void>;
};

export type VaultSettings = { readonly address: string; readonly token: Secret };

const PATIENCE_MS = 10_000;

/** Vault's HTTP API, version 1: https://developer.hashicorp.com/vault/api-docs/secret/aws, …/gcp. */
export function openVault({ address, token }: VaultSettings): Vault {
  async function call(method: "GET" | "PUT", path: string, body?: object): Promise<unknown> {
    const answer = await ask(new URL(`/v1/${path}`, address), {
      method,
      headers: { "x-vault-token": token.reveal(), "x-vault-request": "true" },
      // A redirect would carry the token to somebody else.
      redirect: "error",
      signal: AbortSignal.timeout(PATIENCE_MS),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) {
      throw new VaultFailed(
        `Vault answers ${answer.status} for ${path}: ${await errorsIn(answer)}`,
      );
    }
    return answer.status === 204 ? null : answer.json();
  }

  return {
    async credentials(path, cloud) {
      const read = MADE[cloud].safeParse(await call("GET", path));
      if (!read.success) {
        throw new VaultFailed(`Vault's answer for ${path} holds no credentials for ${cloud}.`);
      }
      const { lease_id, data } = read.data;
      return { variables: data, lease: lease_id === "" ? null : lease_id };
    },
    async revoke(lease) {
      await call("PUT", "sys/leases/revoke", { lease_id: lease });
    },
  };
}

const Aws = z
  .object({
    access_key: z.string().min(1),
    secret_key: z.string().min(1),
    security_token: z.string().nullish(),
    session_token: z.string().nullish(),
  })
  .transform(({ access_key, secret_key, security_token, session_token }) => {
    const session = session_token ?? security_token ?? "";
    return {
      AWS_ACCESS_KEY_ID: new Secret(access_key),
      AWS_SECRET_ACCESS_KEY: new Secret(secret_key),
      ...(session === "" ? {} : { AWS_SESSION_TOKEN: new Secret(session) }),
    };
  });
const Google = z
  .object({ token: z.string().min(1) })
  .transform(({ token }) => ({ GOOGLE_OAUTH_ACCESS_TOKEN: new Secret(token) }));
const lease_id = z.string().default("");
const MADE = {
  aws: z.object({ lease_id, data: Aws }),
  gcp: z.object({ lease_id, data: Google }),
} as const;

async function ask(url: URL, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (cause) {
    throw new VaultFailed(`Vault at ${url.origin} could not be reached.`, { cause });
  }
}

const Errors = z.object({ errors: z.array(z.string()) });
const LONGEST = 200;

async function errorsIn(answer: Response): Promise<string> {
  const text = await answer.text();
  try {
    return Errors.parse(JSON.parse(text)).errors.join("; ").slice(0, LONGEST) || "no reason given";
  } catch {
    return "no reason given";
  }
}
