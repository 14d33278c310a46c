import { z } from "zod";
import { Place } from "./deployment.ts";
import { DeploymentId, PersonId, RunId } from "./ids.ts";

/** One attribute that is not as it was left; values are masked and cut. */
const DriftedAttribute = z.object({
  /** `tags.Name`, `versioning`. */
  path: z.string(),
  before: z.string(),
  after: z.string(),
});
export type DriftedAttribute = z.infer<typeof DriftedAttribute>;

/** One object that was changed or deleted outside of the platform. */
const DriftItem = z.object({
  address: z.string(),
  type: z.string(),
  is: z.enum(["changed", "deleted"]),
  severity: z.enum(["low", "medium", "high"]),
  attributes: z.array(DriftedAttribute),
});
export type DriftItem = z.infer<typeof DriftItem>;

export const DriftResult = z.object({
  /** `skipped`: somebody else held the state; `error`: Terraform could not look. */
  outcome: z.enum(["none", "outputs_only", "changed", "deleted", "error", "skipped"]),
  /** The most severe first. */
  items: z.array(DriftItem),
  /** Items that were too many to keep. */
  more: z.number().int(),
  /** Outputs that would be others now. */
  outputs: z.array(z.string()),
  /** Module of the look; null: nothing was found out, or it was not kept. */
  lookedWith: z
    .object({
      commit: z.string(),
      /** Commit of the last apply, whose files are not kept here any more. */
      insteadOf: z.string().nullable(),
    })
    .nullable()
    .default(null),
  /** Why nothing was found out: a code of `text/reasons.ts`, Terraform's redacted words in `error`. */
  reason: z
    .object({
      code: z.string(),
      params: z.record(z.string(), z.union([z.string(), z.number()])),
    })
    .nullable(),
});
export type DriftResult = z.infer<typeof DriftResult>;

/** Who wants to know, where and in which language. */
export type DriftQuestion = {
  readonly run: RunId;
  readonly deployment: DeploymentId;
  readonly requester: PersonId;
  readonly lang: "en" | "ko";
  /** The thread it was asked in; null: the places of the deployment. */
  readonly place: Place | null;
  /** The same request again asks nothing. */
  readonly requestKey: string | null;
};

/** One look at whether what exists is what was left. */
export const DriftCheck = z.object({
  run: RunId,
  deployment: DeploymentId,
  requester: PersonId,
  lang: z.enum(["en", "ko"]),
  place: Place.nullable(),
  requestKey: z.string().nullable(),
  askedAt: z.date(),
  endedAt: z.date().nullable(),
  /** Null while it is under way. */
  result: DriftResult.nullable(),
});
export type DriftCheck = z.infer<typeof DriftCheck>;

/** What a step of a deployment does to a drift check. */
export type DriftStep =
  | ({ readonly is: "asked" } & DriftQuestion)
  | { readonly is: "ended"; readonly run: RunId; readonly result: DriftResult };

/** A look that found out nothing. */
export function failedLook(
  outcome: "error" | "skipped",
  reason: DriftResult["reason"],
): DriftResult {
  return { outcome, items: [], more: 0, outputs: [], lookedWith: null, reason };
}
