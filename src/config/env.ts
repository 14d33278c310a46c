import { resolve } from "node:path";
import { z } from "zod";
import { LOG_LEVELS } from "#telemetry/log.ts";

/** An empty variable counts as not set: `FOO= npm start` is how people unset one. */
function optional<T extends z.ZodType>(schema: T) {
  return z.preprocess((value) => (value === "" ? undefined : value), schema.optional());
}

/** Modules and the rule that each may break. */
const EXEMPTIONS = /^ *[a-z][a-z0-9_]*:no-provisioner *(?:, *[a-z][a-z0-9_]*:no-provisioner *)*$/;
const BUCKET = /^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$/;
const port = z.coerce.number().int().min(0).max(65_535);

/** Every variable that this version reads, as `README.md` lists them. */
export const Env = z.object({
  NODE_ENV: optional(z.string()),
  PORT: optional(port),
  HOST: optional(z.string()),
  PUBLIC_URL: optional(z.url({ protocol: /^https?$/ })),
  DATA_DIR: optional(z.string()),
  CONSOLE: optional(z.enum(["on", "off"])),
  DATABASE_URL: optional(z.url({ protocol: /^postgres(ql)?$/ })),
  REDIS_URL: optional(z.url({ protocol: /^rediss?$/ })),
  QUEUE: optional(z.enum(["inprocess", "postgres", "bull"])),
  MODEL: optional(z.enum(["offline"])),
  TERRAFORM_BIN: optional(z.string()),
  STATE_BACKEND: optional(z.enum(["http", "s3", "gcs"])),
  STATE_S3_BUCKET: optional(z.string().regex(BUCKET)),
  STATE_S3_REGION: optional(z.string().regex(/^[a-z0-9-]+$/)),
  STATE_S3_ENDPOINT: optional(z.url({ protocol: /^https?$/ })),
  STATE_GCS_BUCKET: optional(z.string().regex(BUCKET)),
  STATE_GCS_ENDPOINT: optional(z.url({ protocol: /^https?$/ })),
  CLOUD: optional(z.enum(["simulated", "real"])),
  CREDENTIALS_FILE: optional(z.string().transform((file) => resolve(file))),
  VAULT_ADDR: optional(z.url({ protocol: /^https?$/ })),
  VAULT_TOKEN: optional(z.string()),
  PROVIDERS_DIR: optional(z.string().transform((folder) => resolve(folder))),
  MODULES_SOURCE: optional(z.string()),
  MODULES_REF: optional(z.string()),
  MODULES_EXEMPT: optional(
    z
      .string()
      .regex(EXEMPTIONS, "write name:no-provisioner, several with commas")
      .transform((text) => text.split(",").map((each) => each.trim())),
  ),
  POLICY_FILE: optional(z.string()),
  API_TOKENS_FILE: optional(z.string()),
  SECRET_KEY: optional(z.string().min(32)),
  SECRET_KEY_PREVIOUS: optional(z.string().min(32)),
  WORKER_CONCURRENCY: optional(z.coerce.number().int().min(0).max(64)),
  RUN_NETWORK: optional(z.enum(["none", "shared"])),
  STOP_WAIT_MINUTES: optional(z.coerce.number().min(0).max(1_440)),
  APPLIES_ON_STOP: optional(z.enum(["leave", "interrupt"])),
  LOG_LEVEL: optional(z.enum(LOG_LEVELS)),
});
export type Env = z.infer<typeof Env>;

/** Variables of parts that are not in this version: set ones refuse the start, by name. */
export const NOT_YET = {
  SLACK_BOT_TOKEN: "Slack",
  SLACK_SIGNING_SECRET: "Slack",
  SLACK_APP_TOKEN: "Slack",
  TEAMS_APP_ID: "Microsoft Teams",
  TEAMS_APP_PASSWORD: "Microsoft Teams",
  GEMINI_API_KEY: "Gemini",
} as const satisfies Record<string, string>;

/** What counts as cloud credentials; with a simulated cloud no run ever sees them. */
export const CREDENTIALS = [
  "AWS_ACCESS_KEY_ID",
  "AWS_PROFILE",
  "AWS_WEB_IDENTITY_TOKEN_FILE",
  "GOOGLE_APPLICATION_CREDENTIALS",
  "GOOGLE_CREDENTIALS",
  "GOOGLE_OAUTH_ACCESS_TOKEN",
  "VAULT_ADDR",
  "VAULT_TOKEN",
] as const;
