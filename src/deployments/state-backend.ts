import { z } from "zod";

/** Where Terraform keeps the state of a deployment; fixed when the deployment is made. */
export const StateBackend = z.discriminatedUnion("is", [
  z.object({ is: z.literal("http") }),
  z.object({
    is: z.literal("s3"),
    bucket: z.string(),
    region: z.string(),
    /** Null: Amazon's own. */
    endpoint: z.string().nullable(),
  }),
  z.object({
    is: z.literal("gcs"),
    bucket: z.string(),
    /** Null: Google's own. */
    endpoint: z.string().nullable(),
  }),
]);
export type StateBackend = z.infer<typeof StateBackend>;

/** A bucket of the team's own; anything else is our own state route. */
export type StateBucket = Exclude<StateBackend, { is: "http" }>;

/** Our own route, state in the database. */
export const OWN_STATE: StateBackend = { is: "http" };
