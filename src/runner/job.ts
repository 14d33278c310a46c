import type { OpenChange, Vars } from "#deployments/change.ts";
import type { Deployment } from "#deployments/deployment.ts";
import type {
  ApplyEnd,
  Catalogue,
  Deployments,
  Module,
  PlanBundle,
  Plans,
  Reports,
  Runs,
} from "#deployments/ports.ts";
import type { ChangeId, RunId } from "#deployments/ids.ts";
import type { ModulePin } from "#deployments/module-pin.ts";
import type { Claim, Run } from "#deployments/run.ts";
import type { StateBucket } from "#deployments/state-backend.ts";
import type { Leftovers, StateAccess, StateSerials, StateStore } from "#deployments/state-ports.ts";
import type { RunLauncher, Shown } from "#isolation/run-launch.ts";
import type { Log } from "#telemetry/log.ts";
import type { Secret } from "#telemetry/secret.ts";
import { childEnvironment } from "./credentials.ts";
import type { Halt } from "./halt.ts";
import { keepSecrets, keptSecrets, type Sealer } from "./kept-secrets.ts";
import { readOutput } from "./progress.ts";
import { openRecorder, type Recorder } from "./recorder.ts";
import { createRedactor, type Redactor } from "./redact.ts";
import type { Import } from "./root-module.ts";
import { openRunFiles, type RunFiles } from "./run-files.ts";
import { sensitiveValues } from "./secrets.ts";
import { stateHome } from "./state-home.ts";
import type { Terraform } from "./terraform.ts";
import type { Spawner } from "./spawner.ts";
import type { OnStop } from "./watch.ts";
import { workspaceOf, type Workspace } from "./workspace.ts";

export type BucketCredentials = {
  /** By kind of bucket, as environment; null: no run may reach one. */
  credentials(kind: StateBucket["is"]): Readonly<Record<string, Secret>> | null;
};

/** Everything the runner works with; `compose.ts` gives it. */
export type RunnerParts = {
  readonly dataDir: string;
  /** This worker's id, kept in DATA_DIR: it finds its own runs again after a restart. */
  readonly worker: string;
  readonly terraform: Terraform;
  /** Mirror that providers are installed from; null: built-in ones only. */
  readonly providersDir: string | null;
  /** AWS and Google are stand-ins here: runs of deployments made in real ones are refused. */
  readonly simulated: boolean;
  /** AWS is spoken to at the AWS_ENDPOINT_URL of the credentials. */
  readonly awsEndpoint: boolean;
  readonly deployments: Pick<Deployments, "load">;
  readonly catalogue: Pick<Catalogue, "module">;
  /** A module as something was applied with it; null: those files are not kept here. */
  readonly moduleAt: (name: string, pin: ModulePin) => Promise<Module | null>;
  readonly runs: Runs;
  readonly plans: Pick<Plans, "save" | "load" | "madeBy">;
  readonly reports: Reports;
  readonly states: StateAccess;
  readonly stateStore: StateStore;
  readonly leftovers: Leftovers;
  /** What reaching a state in a bucket needs, and where the serials seen there are noted. */
  readonly buckets: BucketCredentials & Pick<StateSerials, "note" | "highest">;
  /**
   * Non-sensitive outputs of the last apply of the deployment with this name, as JSON text; null
   * when the people of `deployment` may see none of that name.
   */
  readonly upstream: (deployment: Deployment, name: string) => Promise<string | null>;
  /** What a deployment's cloud needs in the environment of one kind of run, credentials and all. */
  readonly credentials: (
    deployment: Deployment,
    kind: "plan" | "apply",
    run: RunId,
  ) => Promise<Readonly<Record<string, Secret>>>;
  readonly sealer: Sealer;
  readonly spawner: Pick<Spawner, "spawnDetached">;
  /** How every command of a run is shut in, and what it may see then. */
  readonly isolation: RunLauncher;
  readonly shown: Shown;
  /** So long an apply that was asked to stop may take before a person may have it killed. */
  readonly stopWaitMs: number;
  /** What becomes of a running apply when this process is told to end. */
  readonly onStop: OnStop;
  readonly now: () => Date;
  readonly log: Log;
};

/** How the apply came to its end. */
export type Applied = {
  readonly exitCode: number | null;
  /** False: Terraform never got the plan. */
  readonly started: boolean;
  /** The machine went down since, and its last output may be lost. */
  readonly rebooted: boolean;
};

/** What the steps of one attempt found; each is null until its step has run. */
export type Findings = {
  made: { readonly bundle: PlanBundle; readonly planJson: unknown } | null;
  applied: Applied | null;
  end: ApplyEnd | null;
  /** Why an apply was not started. */
  refused: string;
  /** It has no credentials, and may not start. */
  readonly unequipped: boolean;
  /** The output has a state in clear, which is stored by now. */
  printedState: boolean;
  /** What an interrupted apply made and the plan could not take in. */
  notImported: readonly Import[];
};

/** One attempt of a run in this process, whatever it is for. */
export type RunJob = {
  readonly parts: RunnerParts;
  readonly run: Run;
  readonly claim: Claim;
  readonly deployment: Deployment;
  readonly module: Module | null;
  readonly workspace: Workspace;
  readonly files: RunFiles;
  readonly env: Readonly<Record<string, string>>;
  readonly redact: Redactor;
  readonly halt: Halt;
  readonly recorder: Recorder;
  readonly findings: Findings;
};

/** An attempt that makes or applies the plan of a change. */
export type Job = RunJob & { readonly change: OpenChange };

export type RunOpening = {
  readonly run: Run;
  readonly deployment: Deployment;
  readonly halt: Halt;
  /** Environment of a process that runs already: no new credentials, they would end its own. */
  readonly running: Readonly<Record<string, string>> | null;
  readonly module: Module | null;
  /** The values that Terraform will see; what is sensitive in them is redacted. */
  readonly vars: Vars;
  /** Names the work tree. */
  readonly folder: ChangeId | RunId;
};
export type Opening = Omit<RunOpening, "module" | "vars" | "folder"> & {
  readonly change: OpenChange;
};

export async function openJob(parts: RunnerParts, opening: Opening): Promise<Job> {
  const { change, deployment } = opening;
  const module = parts.catalogue.module(deployment.module);
  const its = { module, vars: change.vars, folder: change.id };
  const job = await openRunJob(parts, { ...opening, ...its });
  return { ...job, change };
}

/** Prepares an attempt: files, credentials for its state, what must be redacted. */
export async function openRunJob(parts: RunnerParts, opening: RunOpening): Promise<RunJob> {
  const { run, deployment, module, halt, vars } = opening;
  const claim = { run: run.id, fence: run.fence, worker: parts.worker };
  const files = await openRunFiles(parts.dataDir, run);
  const workspace = workspaceOf(parts.dataDir, opening.folder);
  const env = opening.running ?? (await newEnvironment(parts, { ...opening, claim, workspace }));
  const state = await parts.stateStore.newest(deployment.id);
  const redact = createRedactor([
    ...(await secretsKept(parts, { ...opening, env, files })),
    ...sensitiveValues(module, [vars, deployment.vars], state?.body ?? null),
  ]);
  const recorder = await recorderOf(parts, { run, deployment, claim, files, redact, halt });
  return {
    parts,
    run,
    claim,
    deployment,
    module,
    workspace,
    files,
    env,
    redact,
    halt,
    recorder,
    findings: {
      made: null,
      applied: null,
      end: null,
      refused: "",
      unequipped: false,
      printedState: false,
      notImported: [],
    },
  };
}

async function newEnvironment(
  parts: RunnerParts,
  opening: RunOpening & { readonly claim: Claim; readonly workspace: Workspace },
): Promise<Record<string, string>> {
  const { claim, deployment, workspace } = opening;
  const kind = opening.run.kind === "apply" ? "apply" : "plan";
  const mode = kind === "apply" ? "write" : "read";
  // First: where there are none, the run gets no access to its state either.
  const cloud = await parts.credentials(deployment, kind, claim.run);
  const state = await stateHome(parts, deployment).environment({ claim, mode });
  return childEnvironment({
    folder: parts.isolation.seenAt(workspace.folder),
    state: besideOwn(state, cloud),
    cloud,
  });
}

/** In one cloud a run is one person: with credentials of its own it reaches a bucket there with them. */
function besideOwn(
  state: Readonly<Record<string, string>>,
  own: Readonly<Record<string, Secret>>,
): Record<string, string> {
  const family = (name: string) => /^(?:AWS|GOOGLE)_(?!ENDPOINT_URL$)/.exec(name)?.[0];
  const taken = new Set(Object.keys(own).map(family));
  return Object.fromEntries(
    Object.entries(state).filter(([name]) => {
      const its = family(name);
      return its === undefined || !taken.has(its);
    }),
  );
}

const PLAIN =
  /^(?:PATH|PWD|OLDPWD|HOME|SHLVL|_|CHECKPOINT_DISABLE|TF_(?!HTTP_PASSWORD$).*|HTTPS?_PROXY|NO_PROXY|SIM_CLOUD_DIR|MCP_SIMULATED|AWS_(?!ACCESS_KEY_ID$|SECRET_ACCESS_KEY$|SESSION_TOKEN$).*|GOOGLE_APPLICATION_CREDENTIALS|GOOGLE_IMPERSONATE_SERVICE_ACCOUNT)$/;

/** The run's token and the cloud's credentials: all that is not plain by its name. */
function secretsOfEnvironment(env: Readonly<Record<string, string>>): string[] {
  return Object.entries(env).flatMap(([name, value]) => (PLAIN.test(name) ? [] : [value]));
}

/** Also those that only the process knew which this one follows. */
async function secretsKept(
  { sealer }: RunnerParts,
  { run, running, env, files }: Pick<RunOpening, "run" | "running"> & Pick<RunJob, "env" | "files">,
): Promise<string[]> {
  const own = secretsOfEnvironment(env);
  const of = { files, run: run.id };
  if (running !== null) {
    return [...own, ...(await keptSecrets(sealer, of))];
  }
  if (run.kind === "apply") {
    await keepSecrets(sealer, of, own);
  }
  return own;
}

async function recorderOf(
  parts: RunnerParts,
  job: Pick<RunJob, "run" | "deployment" | "claim" | "files" | "redact" | "halt">,
): Promise<Recorder> {
  const { run, deployment, claim, files, redact, halt } = job;
  const reader = readOutput({
    file: files.output,
    redact,
    from: run.outputOffset,
    seqBefore: run.attempts > 1 ? await lastSeqBefore(parts.runs, job) : 0,
    now: parts.now,
  });
  return openRecorder({
    claim,
    reader,
    halt,
    log: parts.log,
    runs: parts.runs,
    announce: async () => {
      // A drift check has one card, which shows no progress.
      if (run.change !== null) {
        const about = { deployment: deployment.id, change: run.change };
        await parts.runs.announce({ ...about, card: "progress" });
      }
    },
  });
}

const PAGE = 1_000;

/** Numbers of a run go on where its earlier attempts ended. */
async function lastSeqBefore(runs: Pick<Runs, "events">, { run }: Pick<RunJob, "run">) {
  let last = 0;
  for (;;) {
    const page = await runs.events(run.id, last, PAGE);
    last = page.at(-1)?.seq ?? last;
    if (page.length < PAGE) {
      return last;
    }
  }
}

/** What an earlier step found. Throws when that step has not run. */
export function required<T>(found: T | null): T {
  if (found === null) {
    throw new Error("A step ran before the one whose result it needs.");
  }
  return found;
}
