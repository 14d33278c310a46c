import { spawn } from "node:child_process";
import { once } from "node:events";
import type { DeploymentId } from "#deployments/ids.ts";
import type { StateBucket } from "#deployments/state-backend.ts";
import { Secret } from "#telemetry/secret.ts";
import { found } from "./found.ts";
import { freePort } from "./free-port.ts";
import { until } from "./until.ts";

/** A server that keeps buckets, with one bucket in it. */
export type BucketServer = AsyncDisposable & {
  readonly backend: StateBucket;
  readonly credentials: Readonly<Record<string, Secret>>;
  /** Text of an object, null when there is none; paths as our keys make them. */
  read(path: string): Promise<string | null>;
  write(path: string, text: string): Promise<void>;
  remove(path: string): Promise<void>;
  statePath(deployment: DeploymentId): string;
  lockPath(deployment: DeploymentId): string;
};

const BUCKET = "team-state";

/** Amazon's S3 as moto has it. */
export async function startMoto(): Promise<BucketServer> {
  const { url, ended } = await startServer(found.moto, (port) => ["-H", "127.0.0.1", "-p", port]);
  const at = (path: string) => `${url}/${BUCKET}/${path}`;
  await send("PUT", `${url}/${BUCKET}`);
  return {
    backend: { is: "s3", bucket: BUCKET, region: "us-east-1", endpoint: url },
    credentials: {
      AWS_ACCESS_KEY_ID: new Secret("made-up-key-id"),
      AWS_SECRET_ACCESS_KEY: new Secret("made-up-secret-key"),
    },
    read: (path) => textAt(at(path)),
    write: async (path, text) => send("PUT", at(path), text),
    remove: async (path) => send("DELETE", at(path)),
    statePath: (deployment) => `mcp/${deployment}/terraform.tfstate`,
    lockPath: (deployment) => `mcp/${deployment}/terraform.tfstate.tflock`,
    [Symbol.asyncDispose]: ended,
  };
}

/** Google's Cloud Storage as fake-gcs-server has it. */
export async function startFakeGcs(): Promise<BucketServer> {
  const { url, ended } = await startServer(found.fakeGcs, (port) => [
    ...IN_MEMORY,
    `-port=${port}`,
    `-public-host=127.0.0.1:${port}`,
  ]);
  const objects = `${url}/storage/v1/b/${BUCKET}/o`;
  const at = (path: string) => `${objects}/${encodeURIComponent(path)}`;
  const upload = `${url}/upload/storage/v1/b/${BUCKET}/o?uploadType=media&name=`;
  await send("POST", `${url}/storage/v1/b?project=made-up`, JSON.stringify({ name: BUCKET }));
  return {
    backend: { is: "gcs", bucket: BUCKET, endpoint: `${url}/storage/v1/b` },
    credentials: { GOOGLE_OAUTH_ACCESS_TOKEN: new Secret("made-up-oauth-token") },
    read: (path) => textAt(`${at(path)}?alt=media`),
    write: async (path, text) => send("POST", `${upload}${encodeURIComponent(path)}`, text),
    remove: async (path) => send("DELETE", at(path)),
    statePath: (deployment) => `mcp/${deployment}/default.tfstate`,
    lockPath: (deployment) => `mcp/${deployment}/default.tflock`,
    [Symbol.asyncDispose]: ended,
  };
}

const IN_MEMORY = ["-scheme=http", "-backend=memory", "-host=127.0.0.1", "-log-level=error"];

async function startServer(program: string | null, args: (port: string) => readonly string[]) {
  const port = String(await freePort());
  const child = spawn(program ?? "", args(port), { stdio: "ignore" });
  const url = `http://127.0.0.1:${port}`;
  await until(`${program} on ${url}`, () => fetch(url).catch(() => null));
  return {
    url,
    async ended(): Promise<void> {
      const over = once(child, "exit");
      child.kill("SIGTERM");
      await over;
    },
  };
}

// Nobody checks the signature, but without one moto takes us for a stranger.
const headers = {
  authorization:
    "AWS4-HMAC-SHA256 Credential=made-up/20261121/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0",
};

async function send(method: string, url: string, body?: string): Promise<void> {
  const answer = await fetch(url, { method, headers, ...(body === undefined ? {} : { body }) });
  if (!answer.ok) {
    throw new Error(`${method} ${url}: ${answer.status} ${await answer.text()}`);
  }
}

async function textAt(url: string): Promise<string | null> {
  const answer = await fetch(url, { headers });
  if (!answer.ok && answer.status !== 404) {
    throw new Error(`GET ${url}: ${answer.status} ${await answer.text()}`);
  }
  return answer.ok ? answer.text() : null;
}
