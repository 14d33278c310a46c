import type { EndedChange, OpenChange, Plan, Vote } from "#deployments/change.ts";
import type { Deployment } from "#deployments/deployment.ts";
import { ChangeId } from "#deployments/ids.ts";
import type { Deployments } from "#deployments/ports.ts";
import type { DeploymentService } from "#deployments/service.ts";
import type { Viewer } from "#deployments/viewer.ts";
import { refusal, type Refusal } from "#text/refusal.ts";
import type { ButtonValue } from "./card.ts";
import { fingerprint } from "#deployments/fingerprint.ts";
import type { PostedCard, Press } from "./ports.ts";

export type VotingParts = {
  readonly deployments: Pick<Deployments, "loadChange">;
  readonly service: Pick<DeploymentService, "vote">;
};

export type PressedVote = {
  readonly press: Press;
  readonly posted: PostedCard;
  readonly value: Extract<ButtonValue, { do: "approve" | "reject" }>;
  /** The press was handled before, perhaps up to its vote. */
  readonly repeated: boolean;
};

/**
 * Casts the vote of a press, for the one plan that the change's card shows. Null: an earlier
 * handling of this same press has cast it.
 */
export async function castPress(
  { deployments, service }: VotingParts,
  viewer: Viewer,
  { press, posted, value, repeated }: PressedVote,
): Promise<Deployment | Refusal | null> {
  const found = await deployments.loadChange(ChangeId.parse(value.change));
  if (found === null) {
    return refusal("card-not-ours");
  }
  const { deployment, change } = found;
  const { platform } = press.place;
  const own = votesOf(change).find(({ voter }) => voter === viewer.person);
  if (repeated && own?.decision === value.do && own.platform === platform) {
    return null;
  }
  return service.vote(viewer, deployment.id, {
    change: change.id,
    decision: value.do,
    digest: planOf(change)?.digest ?? "",
    reason: entered(press, "reason"),
    confirmName: entered(press, "confirmName"),
    platform,
    shown: {
      message: press.message,
      revision: posted.newest.revision,
      hash: fingerprint(posted.newest.content),
    },
    // A press that comes again was found above, by the vote itself.
    requestKey: null,
  });
}

/** What was typed beside the button; nothing but blanks is nothing. */
export function entered({ inputs }: Press, id: string): string | null {
  const text = inputs[id]?.trim() ?? "";
  return text === "" ? null : text;
}

function planOf(change: OpenChange | EndedChange): Plan | null {
  return "plan" in change ? change.plan : null;
}

function votesOf(change: OpenChange | EndedChange): readonly Vote[] {
  return "votes" in change ? change.votes : [];
}
