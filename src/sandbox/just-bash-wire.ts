import { z } from "zod";

/** What the worker is told at its start, and what goes to and fro between it and the session. */
export const Start = z.object({
  /** The sentence for commands that are not there; `{command}` marks where the name goes. */
  needsBubblewrap: z.string(),
  home: z.string(),
});
export const Command = z.object({ line: z.string() });
export const Answer = z.object({ output: z.string(), folder: z.string() });
export type Start = z.infer<typeof Start>;
export type Command = z.infer<typeof Command>;
export type Answer = z.infer<typeof Answer>;
