import type { EndedChange, OpenChange, Vote } from "#deployments/change.ts";
import type { DeploymentId } from "#deployments/ids.ts";
import { json, storable, type Transaction } from "./transaction.ts";

/** Votes of a change as JSON, in the order they fell; `change` is the SQL name of its id. */
export function votesOf(change: "o.id" | "l.id" | "changes.id"): string {
  return `(select coalesce(jsonb_agg(jsonb_build_object(
    'voter', v.voter, 'decision', v.decision, 'digest', v.digest, 'varsHash', v.vars_hash,
    'moduleCommit', v.module_commit, 'policyVersion', v.policy_version, 'ruleHash', v.rule_hash,
    'reason', v.reason, 'platform', v.platform, 'shown', v.shown, 'at', v.at,
    'expiresAt', v.expires_at) order by v.id), '[]') from votes v where v.change_id = ${change})`;
}

/** Rows are only added: a vote is never changed, and nobody has two on one change. */
export async function writeVotes(
  tx: Transaction,
  deployment: DeploymentId,
  change: OpenChange | EndedChange,
): Promise<void> {
  const votes = "votes" in change ? change.votes : [];
  if (votes.length > 0) {
    const rows = votes.map((vote) => rowOf(deployment, change.id, vote));
    await tx("votes").insert(rows).onConflict(["change_id", "voter"]).ignore();
  }
}

function rowOf(deployment: DeploymentId, change: OpenChange["id"], vote: Vote) {
  return {
    deployment_id: deployment,
    change_id: change,
    voter: vote.voter,
    decision: vote.decision,
    digest: vote.digest,
    vars_hash: vote.varsHash,
    module_commit: vote.moduleCommit,
    policy_version: vote.policyVersion,
    rule_hash: vote.ruleHash,
    reason: vote.reason === null ? null : storable(vote.reason),
    platform: vote.platform,
    shown: vote.shown === null ? null : json(vote.shown),
    at: vote.at,
    expires_at: vote.expiresAt,
  };
}
