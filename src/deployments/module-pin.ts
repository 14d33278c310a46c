import { z } from "zod";

/** Which files of its module a deployment was last applied with. */
export const ModulePin = z.object({
  /** Git commit, or `tree-<sha256>` of a folder that is none. */
  commit: z.string(),
  version: z.string(),
  /** SHA-256 of the module's files: a commit may leave them as they were. */
  tree: z.string(),
});
export type ModulePin = z.infer<typeof ModulePin>;

/** The commit that a deployment leaves with these files of its module; null: it stays where it is. */
export function movedFrom(pin: ModulePin | null, { tree }: Pick<ModulePin, "tree">): string | null {
  return pin === null || pin.tree === tree ? null : pin.commit;
}
