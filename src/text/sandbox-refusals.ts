import type { RefusalWording } from "./wording.ts";

export const SANDBOX_REFUSALS = {} as const satisfies Record<string, RefusalWording>;
