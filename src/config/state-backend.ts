import type { Env } from "./env.ts";
import { StartRefused } from "./start-refused.ts";

/** Where new deployments keep their state; existing ones keep the place they have. */
export type StateBackendConfig =
  | { readonly is: "http" }
  | {
      readonly is: "s3";
      readonly bucket: string;
      readonly region: string;
      readonly endpoint: string | null;
    }
  | { readonly is: "gcs"; readonly bucket: string; readonly endpoint: string | null };

/** Throws `StartRefused` for a bucket without a real cloud, and for one that is not told whole. */
export function readStateBackend(env: Env): StateBackendConfig {
  const value = env.STATE_BACKEND ?? "http";
  if (value === "http") {
    return { is: "http" };
  }
  if (env.CLOUD !== "real") {
    throw new StartRefused("state-backend", { value });
  }
  return value === "s3" ? s3(env) : gcs(env);
}

function s3({
  STATE_S3_BUCKET: bucket,
  STATE_S3_REGION: region,
  STATE_S3_ENDPOINT: endpoint,
}: Env): StateBackendConfig {
  if (bucket === undefined || region === undefined) {
    throw new StartRefused("state-bucket", {
      value: "s3",
      names: "STATE_S3_BUCKET, STATE_S3_REGION",
    });
  }
  return { is: "s3", bucket, region, endpoint: endpoint ?? null };
}

function gcs({ STATE_GCS_BUCKET: bucket, STATE_GCS_ENDPOINT: endpoint }: Env): StateBackendConfig {
  if (bucket === undefined) {
    throw new StartRefused("state-bucket", { value: "gcs", names: "STATE_GCS_BUCKET" });
  }
  return { is: "gcs", bucket, endpoint: endpoint ?? null };
}
