import { z } from "zod";
import type { EndedChange, OpenChange, Outcome, Vars } from "./change.ts";
import type { DeploymentId, PersonId } from "./ids.ts";
import type { ModulePin } from "./module-pin.ts";
import type { StateBackend } from "./state-backend.ts";
import type { Lang } from "#text/wording.ts";

export const Cloud = z.enum(["aws", "gcp", "local"]);
export type Cloud = z.infer<typeof Cloud>;

export const Environment = z.enum(["dev", "stg", "prod"]);
export type Environment = z.infer<typeof Environment>;

/** Starts with a letter, so that a name can never be read as an option (`--config`). */
export const DeploymentName = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);

/** What the stream of a dead apply says about one address. */
export const OpenAddress = z.object({
  address: z.string(),
  /**
   * `created`: it exists with this id; `started`: it may or may not exist, the id being one that
   * could not be taken in; `half`: the state has it with this id, its provisioners did not finish.
   */
  found: z.enum(["created", "started", "half"]),
  id: z.string().nullable(),
});
export type OpenAddress = z.infer<typeof OpenAddress>;

/** What of a deployment exists. */
export const StandingShape = z.discriminatedUnion("is", [
  z.object({ is: z.literal("nothing") }),
  z.object({ is: z.literal("live") }),
  z.object({ is: z.literal("partial"), after: z.enum(["failed", "cancelled"]) }),
  z.object({
    is: z.literal("uncertain"),
    /** What the interrupted apply was doing; a recovery repeats it. */
    intent: z.enum(["apply", "destroy"]),
    addresses: z.array(OpenAddress),
  }),
  z.object({ is: z.literal("destroyed") }),
]);
export type Standing = z.infer<typeof StandingShape>;

/** A place in a chat where a deployment's cards stand. */
export const Place = z.object({
  platform: z.enum(["console", "slack", "teams"]),
  /** Channel or conversation of the platform; the console has one, `console`. */
  conversation: z.string(),
  thread: z.string(),
});
export type Place = z.infer<typeof Place>;

/** An output as text (JSON unless it is a string); a sensitive one without its value. */
export const OutputShape = z.object({
  name: z.string(),
  value: z.string(),
  sensitive: z.boolean(),
});
export type Output = z.infer<typeof OutputShape>;

export const ResourceShape = z.object({ address: z.string(), type: z.string(), id: z.string() });
export type Resource = z.infer<typeof ResourceShape>;

export type Deployment = {
  readonly id: DeploymentId;
  readonly name: string;
  readonly cloud: Cloud;
  readonly module: string;
  readonly environment: Environment;
  readonly team: string | null;
  readonly requester: PersonId;
  readonly lang: Lang;
  /** Values of the last apply, or of the first request while nothing was applied. */
  readonly vars: Vars;
  readonly standing: Standing;
  /** Of what exists; null: nothing does, or it was applied before this was kept. */
  readonly pin: ModulePin | null;
  readonly change: OpenChange | null;
  readonly lastChange: EndedChange | null;
  /** What the last apply left, sensitive outputs without their value. */
  readonly outputs: readonly Output[];
  readonly resources: readonly Resource[];
  readonly places: readonly Place[];
  /** AWS and Google were stand-ins when it was asked for; false for a local module. */
  readonly simulated: boolean;
  readonly stateBackend: StateBackend;
  readonly createdAt: Date;
  /** Rises by one with every write; the compare-and-set of the store. */
  readonly revision: number;
};

export type Status =
  | "created"
  | OpenChange["state"]
  | "destroying"
  | "applied"
  | "interrupted"
  | "destroyed"
  | Extract<Outcome, "failed" | "rejected" | "expired" | "cancelled">;

/** The one word that people and the API see, computed as the architecture page's table says. */
export function statusOf(deployment: Deployment): Status {
  const { change, standing, lastChange } = deployment;
  if (change !== null) {
    return statusOfOpen(change);
  }
  switch (standing.is) {
    case "nothing":
      return statusOfNothing(lastChange?.outcome);
    case "live":
      return "applied";
    case "partial":
      return standing.after;
    case "uncertain":
      return "interrupted";
    case "destroyed":
      return "destroyed";
  }
}

/** What another machine applies and nobody hears of is interrupted until it is heard of again. */
function statusOfOpen(change: OpenChange): Status {
  if (change.state !== "applying") {
    return change.state;
  }
  const going = change.kind === "destroy" ? "destroying" : "applying";
  return change.lostAt === null ? going : "interrupted";
}

/** Nothing exists: how the last change ended says why, and nothing asked for yet is `created`. */
function statusOfNothing(outcome: Outcome | undefined): Status {
  switch (outcome) {
    case "failed":
    case "rejected":
    case "expired":
    case "cancelled":
      return outcome;
    case undefined:
    case "applied":
    case "unchanged":
    case "interrupted":
    case "superseded":
      return "created";
  }
}
