import type { RefusalWording } from "./wording.ts";

export const CURRICULUM_REFUSALS = {} as const satisfies Record<string, RefusalWording>;
