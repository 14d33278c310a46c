import { ADVICE_REFUSALS } from "./advice-refusals.ts";
import { AGENT_REFUSALS } from "./agent-refusals.ts";
import { APPROVAL_REFUSALS } from "./approval-refusals.ts";
import { CHAT_REFUSALS } from "./chat-refusals.ts";
import { CLOUD_REFUSALS } from "./cloud-refusals.ts";
import { CURRICULUM_REFUSALS } from "./curriculum-refusals.ts";
import { DEPLOYMENT_REFUSALS } from "./deployment-refusals.ts";
import { DOOR_REFUSALS } from "./door-refusals.ts";
import { DRIFT_REFUSALS } from "./drift.ts";
import { INTERVENTION_REFUSALS } from "./intervention-refusals.ts";
import { SANDBOX_REFUSALS } from "./sandbox-refusals.ts";

/**
 * Every refusal of the product by its code. A refusal carries the code and the parameters;
 * the door that shows it takes the sentences from here.
 */
export const REFUSALS = {
  ...ADVICE_REFUSALS,
  ...AGENT_REFUSALS,
  ...APPROVAL_REFUSALS,
  ...CHAT_REFUSALS,
  ...CLOUD_REFUSALS,
  ...CURRICULUM_REFUSALS,
  ...DEPLOYMENT_REFUSALS,
  ...DRIFT_REFUSALS,
  ...DOOR_REFUSALS,
  ...INTERVENTION_REFUSALS,
  ...SANDBOX_REFUSALS,
};

export type RefusalCode = keyof typeof REFUSALS;
