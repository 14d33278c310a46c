import { z } from "zod";
import { Digest } from "./ids.ts";

/** What the policy asks of people for one plan. */
export const Demand = z.object({
  /** Name of the rule; `default` where none fits. */
  rule: z.string(),
  /** Of everything that decides: another one makes votes void. */
  hash: Digest,
  groups: z.array(z.string()),
  votes: z.number().int(),
  /** Of these votes, so many at least from a group. */
  votesOf: z.record(z.string(), z.number().int()),
  /** Approving needs the deployment's name typed in. */
  typedName: z.boolean(),
  requesterCounts: z.boolean(),
  hours: z.number(),
  escalate: z.string().nullable(),
});
export type Demand = z.infer<typeof Demand>;
