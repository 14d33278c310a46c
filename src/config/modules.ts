import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Env } from "./env.ts";

type Variables = Readonly<Record<string, string | undefined>>;

/** Where modules come from; what of an address is safe, the runner says. */
export type ModulesConfig = {
  readonly ref: string | null;
  /** `name:rule` each: what a module may break that did not come with the product. */
  readonly consents: readonly string[];
} & (
  | { readonly is: "folder"; readonly folder: string }
  | {
      readonly is: "git";
      readonly url: string;
      /** All of our environment that git gets. */
      readonly environment: Readonly<Record<string, string>>;
    }
);

const OWN = fileURLToPath(new URL("../../terraform/modules", import.meta.url));
// `https://…`, `ext::…`, `git@host:path`: what git would take for an address.
const ADDRESS = /^[a-z][a-z0-9+.-]*:\/\/|::|^[^/\s]+@[^/\s]+:/i;
/** A home for keys and .netrc, an agent, the way out of the network and its certificates. */
const FOR_GIT = [
  "HOME",
  "SSH_AUTH_SOCK",
  ...["HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY"].flatMap((name) => [name, name.toLowerCase()]),
  "SSL_CERT_FILE",
  "SSL_CERT_DIR",
];

export function readModules(variables: Variables, env: Env): ModulesConfig {
  const source = env.MODULES_SOURCE ?? OWN;
  const also = { ref: env.MODULES_REF ?? null, consents: env.MODULES_EXEMPT ?? [] };
  if (!ADDRESS.test(source)) {
    return { is: "folder", folder: resolve(source), ...also };
  }
  const environment = FOR_GIT.flatMap((name): [string, string][] => {
    const value = variables[name];
    return value === undefined || value === "" ? [] : [[name, value]];
  });
  return { is: "git", url: source, ...also, environment: Object.fromEntries(environment) };
}
