import type { RefusalWording } from "./wording.ts";

export const AGENT_REFUSALS = {} as const satisfies Record<string, RefusalWording>;
