/** Why a worker may not apply a plan that another one made. */
export type Unfit = "other-terraform" | "other-isolation";

/** What a plan was made with; nothing else may apply it. */
export type PlanMaker = {
  readonly binary: string;
  readonly product: "terraform" | "tofu";
  readonly version: string;
  /** Decides where the work tree was seen, which `path.cwd` puts into a plan. */
  readonly isolation: "bubblewrap" | "none";
};
