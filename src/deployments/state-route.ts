import type { Secret } from "#telemetry/secret.ts";
import type { RefusedState, VersionFacts } from "./state-rules.ts";

/** Where one run finds its state; username and password are good for this run alone. */
export type StateGrant = {
  readonly address: string;
  readonly username: string;
  readonly password: Secret;
};

/** Basic credentials of a run: user is its id, password its token. */
export type StateCredentials = { readonly username: string; readonly password: string };

/** One request to the state route as its door parsed it. `info` is Terraform's lock JSON. */
export type StateRequest = {
  readonly credentials: StateCredentials;
  readonly deployment: string;
  readonly ask:
    | { readonly verb: "GET" }
    | { readonly verb: "LOCK"; readonly lockId: string; readonly info: string }
    | { readonly verb: "UNLOCK"; readonly lockId: string | null }
    | ({ readonly verb: "POST"; readonly body: Uint8Array } & VersionFacts);
};

export type StateAnswer =
  | { readonly status: 200; readonly body: Uint8Array; readonly md5: string }
  | { readonly status: 200; readonly body: null }
  | { readonly status: 204; readonly body: null }
  /** The holder's lock JSON. */
  | { readonly status: 423; readonly body: Uint8Array }
  | { readonly status: 403 | 409; readonly body: null; readonly why: RefusedState };

/** Terraform's side of the state: what the HTTP route asks of the store. */
export interface StateRoute {
  /** True when the credentials are good for this deployment; asked before a body is read. */
  admits(credentials: StateCredentials, deployment: string): Promise<boolean>;
  /** Decides and writes in one transaction; a repeated request gets the same answer. */
  answer(request: StateRequest): Promise<StateAnswer>;
}
