import { describe, expect, test } from "vitest";
import { readConfig } from "#config/config.ts";
import { StartRefused } from "#config/start-refused.ts";

const REAL = { CLOUD: "real", CONSOLE: "on" };
const S3 = {
  STATE_BACKEND: "s3",
  STATE_S3_BUCKET: "team-state",
  STATE_S3_REGION: "ap-northeast-2",
};
const GCS = { STATE_BACKEND: "gcs", STATE_GCS_BUCKET: "team_state" };

function refusalOf(variables: Record<string, string>): string {
  try {
    readConfig(variables);
  } catch (error) {
    return error instanceof StartRefused ? error.message : "not a StartRefused";
  }
  return "started";
}

describe("where new deployments keep their state", () => {
  test("with nothing set it is our own database, also beside a real cloud", () => {
    expect([readConfig({}).stateBackend, readConfig(REAL).stateBackend]).toEqual([
      { is: "http" },
      { is: "http" },
    ]);
  });

  test("a bucket is taken as it is told, with Amazon's or Google's own endpoint by default", () => {
    const s3 = readConfig({ ...REAL, ...S3, STATE_S3_ENDPOINT: "http://minio:9000" }).stateBackend;
    const gcs = readConfig({ ...REAL, ...GCS }).stateBackend;

    expect(s3).toEqual({
      is: "s3",
      bucket: "team-state",
      region: "ap-northeast-2",
      endpoint: "http://minio:9000",
    });
    expect(gcs).toEqual({ is: "gcs", bucket: "team_state", endpoint: null });
  });

  test.each([
    [S3, "STATE_BACKEND=s3 needs CLOUD=real"],
    [{ ...GCS, CLOUD: "simulated" }, "STATE_BACKEND=gcs needs CLOUD=real"],
    [{ ...REAL, STATE_BACKEND: "s3", STATE_S3_BUCKET: "team-state" }, "STATE_S3_REGION"],
    [{ ...REAL, STATE_BACKEND: "gcs" }, "STATE_GCS_BUCKET"],
    [{ ...REAL, ...GCS, STATE_GCS_BUCKET: "${file}" }, "STATE_GCS_BUCKET"],
    [{ ...REAL, ...S3, STATE_S3_ENDPOINT: "minio:9000" }, "STATE_S3_ENDPOINT"],
    [{ STATE_BACKEND: "local" }, "STATE_BACKEND"],
  ])("%o refuses the start", (variables, named) => {
    expect(refusalOf(variables)).toContain(named);
  });
});
