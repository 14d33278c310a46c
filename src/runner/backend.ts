import type { StateGrant } from "#deployments/state-route.ts";

/**
 * Where a run finds its state, as environment: an address given to `init` is kept inside the plan
 * file, and one written in HCL on disk. With these retries ten minutes without us are survived.
 */
export function stateEnvironment(grant: StateGrant): Record<string, string> {
  return {
    TF_HTTP_ADDRESS: grant.address,
    TF_HTTP_LOCK_ADDRESS: grant.address,
    TF_HTTP_UNLOCK_ADDRESS: grant.address,
    TF_HTTP_LOCK_METHOD: "LOCK",
    TF_HTTP_UNLOCK_METHOD: "UNLOCK",
    TF_HTTP_USERNAME: grant.username,
    TF_HTTP_PASSWORD: grant.password.reveal(),
    TF_HTTP_RETRY_MAX: "120",
    TF_HTTP_RETRY_WAIT_MIN: "1",
    TF_HTTP_RETRY_WAIT_MAX: "5",
  };
}
