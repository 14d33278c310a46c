import { z } from "zod";
import { Vars } from "#deployments/change.ts";

/** Inputs that several tools share. The offline rules know a slot by the property's name. */
export const DeploymentRef = z
  .string()
  .min(1)
  .max(64)
  .describe("Name or id of a deployment, exactly as the person gave it.");

/** Flat for the model; the module's own schema checks the values afterwards. */
export const VarsInput = z
  .record(z.string(), z.unknown())
  .pipe(Vars)
  .describe("Values of the module's variables by name, as list_modules describes them.");
