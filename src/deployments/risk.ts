import { z } from "zod";

export const RiskLevel = z.enum(["low", "medium", "high", "critical"]);
export type RiskLevel = z.infer<typeof RiskLevel>;

/** One finding: the rule, the address it is about, and a sentence's parameters. */
export const RiskReason = z.object({
  rule: z.enum(["delete", "replace", "public-cidr", "iam", "count", "unknown", "prod"]),
  address: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type RiskReason = z.infer<typeof RiskReason>;

/** Deterministic: the same plan gives the same level and reasons. */
export const Risk = z.object({ level: RiskLevel, reasons: z.array(RiskReason) });
export type Risk = z.infer<typeof Risk>;
