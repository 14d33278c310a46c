import type { RefusalWording } from "./wording.ts";

export const DOOR_REFUSALS = {} as const satisfies Record<string, RefusalWording>;
