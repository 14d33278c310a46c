import type { Lang } from "#text/wording.ts";
import type { PersonId } from "./ids.ts";

export const ROLES = ["viewer", "requester", "approver", "admin", "learner"] as const;
export type Role = (typeof ROLES)[number];

/** A person as the policy of this moment sees them; every read takes one and filters by it. */
export type Viewer = {
  readonly person: PersonId;
  readonly name: string;
  readonly roles: readonly Role[];
  /** In the order of the policy file; the first is the default of a request. */
  readonly teams: readonly string[];
  /** All groups of the person; approval rules name them. A machine has none. */
  readonly groups: readonly string[];
  /** A machine (API token, MCP) may never vote. */
  readonly kind: "person" | "machine";
  /** The language that the policy file gives them; absent: none. */
  readonly lang?: Lang;
  /** Who answers for a machine, and may not vote on what it asks for; absent: nobody on record. */
  readonly owner?: PersonId;
};
