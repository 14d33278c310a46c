import type { ApiToken } from "./api-tokens.ts";

/** What an HTTP route answered, as it is sent and, for a repeated request, sent again. */
export type StoredAnswer = { readonly status: number; readonly body: unknown };

export type FirstAnswer =
  /** Nobody has asked this yet: go on, and `finish` or `forget`. */
  | { readonly is: "new" }
  | { readonly is: "answered"; readonly answer: StoredAnswer }
  /** The first request with this key is still under way. */
  | { readonly is: "running" }
  /** The key came with another request before. */
  | { readonly is: "other" };

export type IdempotentRequest = {
  readonly person: string;
  readonly key: string;
  /** Of method, path and body: the same key with another one is a mistake. */
  readonly requestHash: string;
};

/** The record of answered POST requests; a key is good for 24 h. */
export interface Idempotency {
  begin(request: IdempotentRequest): Promise<FirstAnswer>;
  finish(request: IdempotentRequest, answer: StoredAnswer): Promise<void>;
  /** It was refused and had no effect: the next one with this key is a new one. */
  forget(request: IdempotentRequest): Promise<void>;
  /** It broke off, perhaps after its effect: the key stays, and the same request may go again. */
  release(request: IdempotentRequest): Promise<void>;
}

/** The API tokens of this moment. */
export interface ApiTokens {
  current(): readonly ApiToken[];
}

/** A token that was turned away, for the audit. */
export type TokenRefused = {
  readonly why: "token-unknown" | "token-revoked" | "token-expired";
  /** Whose secret it was; null when it was nobody's. */
  readonly id: string | null;
};
