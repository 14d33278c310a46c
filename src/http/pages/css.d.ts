/** A page imports its CSS for the effect; esbuild bundles it beside the script. */
declare module "*.css";
