import type { DeploymentId, RunId } from "./ids.ts";

/** What a run's credentials open: one deployment, for one fence of one run. */
export type GrantFacts = {
  readonly run: RunId;
  readonly deployment: DeploymentId;
  readonly fence: number;
  /** A plan reads and locks, an apply also writes. */
  readonly mode: "read" | "write";
  readonly ended: boolean;
};

export type LockFacts = { readonly id: string; readonly run: RunId; readonly fence: number };

/** A stored version as the rules see it; `md5` is base64, as in Content-MD5. */
export type VersionFacts = {
  readonly serial: number;
  readonly lineage: string;
  readonly md5: string;
  readonly lockId: string;
};

/** What Terraform asks. UNLOCK without a lock id comes with an empty body and frees nothing. */
export type StateAsk =
  | { readonly verb: "GET" }
  | { readonly verb: "LOCK"; readonly lockId: string }
  | { readonly verb: "UNLOCK"; readonly lockId: string | null }
  | ({ readonly verb: "POST" } & VersionFacts);

/** What is true of the deployment in the transaction that answers. */
export type StateFacts = {
  readonly deployment: DeploymentId;
  /** Null: wrong credentials. */
  readonly grant: GrantFacts | null;
  /** The fence that the run has now; null when there is no such run. */
  readonly fence: number | null;
  readonly lock: LockFacts | null;
  readonly newest: VersionFacts | null;
};

export type StateDecision =
  /** The newest state (200) or nothing yet (204). */
  | { readonly do: "read" }
  | { readonly do: "lock" }
  | { readonly do: "unlock" }
  | { readonly do: "write" }
  /** 200: what is asked for is true already. */
  | { readonly do: "nothing" }
  /** 423: somebody else holds the lock; the answer carries their lock's JSON. */
  | { readonly do: "held" }
  | { readonly do: "refuse"; readonly status: 403 | 409; readonly why: RefusedState };

export type RefusedState =
  | "wrong-credentials"
  | "other-deployment"
  | "ended-run"
  | "read-only"
  | "old-fence"
  | "not-locked"
  | "other-lock"
  | "old-serial"
  | "other-lineage";

/** The decision table of the state backend: first the credentials, then the fence, then the verb. */
export function decideState(ask: StateAsk, facts: StateFacts): StateDecision {
  const { grant } = facts;
  if (grant === null) {
    return refuse(403, "wrong-credentials");
  }
  if (grant.deployment !== facts.deployment) {
    return refuse(403, "other-deployment");
  }
  if (grant.ended) {
    return refuse(403, "ended-run");
  }
  switch (ask.verb) {
    case "GET":
      return fenced(grant, facts) ?? { do: "read" };
    case "LOCK":
      return fenced(grant, facts) ?? decideLock(ask.lockId, grant, facts.lock);
    case "UNLOCK":
      // No fence here: giving one's own lock back harms nobody, whoever has taken over.
      return decideUnlock(ask.lockId, grant, facts.lock);
    case "POST":
      return decidePost(ask, grant, facts);
  }
}

function fenced(grant: GrantFacts, facts: StateFacts): StateDecision | null {
  return grant.fence === facts.fence ? null : refuse(409, "old-fence");
}

function decideLock(lockId: string, grant: GrantFacts, lock: LockFacts | null): StateDecision {
  if (lock === null) {
    return { do: "lock" };
  }
  if (lock.run !== grant.run) {
    return { do: "held" };
  }
  if (lock.id === lockId) {
    return { do: "nothing" };
  }
  // A lock of this run's earlier fence can write nothing any more: the new holder takes it over.
  return lock.fence < grant.fence ? { do: "lock" } : { do: "held" };
}

function decideUnlock(
  lockId: string | null,
  grant: GrantFacts,
  lock: LockFacts | null,
): StateDecision {
  if (lock === null) {
    return { do: "nothing" };
  }
  return holds(lock, lockId, grant) ? { do: "unlock" } : refuse(409, "other-lock");
}

function decidePost(ask: VersionFacts, grant: GrantFacts, facts: StateFacts): StateDecision {
  if (grant.mode === "read") {
    return refuse(403, "read-only");
  }
  const stop = fenced(grant, facts);
  if (stop !== null) {
    return stop;
  }
  const { lock, newest } = facts;
  if (newest !== null && isRepeated(ask, newest)) {
    return { do: "nothing" };
  }
  if (lock === null) {
    return refuse(409, "not-locked");
  }
  return holds(lock, ask.lockId, grant) ? decideVersion(ask, newest) : refuse(409, "other-lock");
}

function decideVersion(ask: VersionFacts, newest: VersionFacts | null): StateDecision {
  if (newest === null) {
    return { do: "write" };
  }
  if (ask.lineage !== newest.lineage) {
    return refuse(409, "other-lineage");
  }
  return ask.serial > newest.serial ? { do: "write" } : refuse(409, "old-serial");
}

/** Terraform repeats a POST whose answer was lost; refusing it would fail a healthy apply. */
function isRepeated(ask: VersionFacts, newest: VersionFacts): boolean {
  return (
    ask.lockId === newest.lockId &&
    ask.serial === newest.serial &&
    ask.lineage === newest.lineage &&
    ask.md5 === newest.md5
  );
}

/** The id alone proves nothing: a refused LOCK is told the holder's. */
function holds(lock: LockFacts, lockId: string | null, grant: GrantFacts): boolean {
  return lock.id === lockId && lock.run === grant.run;
}

function refuse(status: 403 | 409, why: RefusedState): StateDecision {
  return { do: "refuse", status, why };
}

/** Serial and lineage of a state that was found after its run died, as it may be stored. */
export type Rescued = { readonly serial: number; readonly lineage: string };

/**
 * May an `errored.tfstate` become the newest version? Null: it is not newer, or of another state.
 * One that Terraform wrote before it had ever seen a stored state carries serial 0 and no lineage;
 * it takes over those of the newest version, but only if that is its own run's.
 */
export function decideRescue(
  found: Rescued,
  newest: (Rescued & { readonly run: RunId }) | null,
  by: { readonly run: RunId; readonly newLineage: string },
): Rescued | null {
  if (newest === null) {
    return { serial: found.serial, lineage: found.lineage === "" ? by.newLineage : found.lineage };
  }
  if (found.lineage === "") {
    const own = newest.run === by.run;
    return own ? { serial: newest.serial + 1, lineage: newest.lineage } : null;
  }
  return found.lineage === newest.lineage && found.serial > newest.serial ? found : null;
}
