import * as z from "zod";
import { ProcessIdentity } from "#deployments/run.ts";

/** What the server asks of its spawner; `id` names one command. */
export const Order = z.discriminatedUnion("do", [
  z.object({
    do: z.literal("spawn"),
    id: z.number(),
    spawn: z.object({
      argv: z.tuple([z.string()], z.string()),
      cwd: z.string(),
      env: z.record(z.string(), z.string()),
      handed: z.custom<Uint8Array>((value) => value instanceof Uint8Array).nullable(),
      outFile: z.string(),
      statusFile: z.string(),
    }),
  }),
  z.object({ do: z.literal("start"), id: z.number() }),
  z.object({ do: z.literal("abandon"), id: z.number() }),
]);
export type Order = z.infer<typeof Order>;

/** What it answers. */
export const Told = z.discriminatedUnion("is", [
  z.object({ is: z.literal("waiting"), id: z.number(), identity: ProcessIdentity }),
  z.object({ is: z.literal("failed"), id: z.number(), why: z.string() }),
  z.object({ is: z.literal("gone"), id: z.number() }),
]);
export type Told = z.infer<typeof Told>;
