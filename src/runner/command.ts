import type { Reach } from "#isolation/run-network.ts";
import { interruptOnce } from "./interrupting.ts";
import type { RunJob } from "./job.ts";
import { killSession } from "./process-identity.ts";
import { readStatus, writeStarted, type CommandName } from "./run-files.ts";
import { watch, type Ended, type Watched } from "./watch.ts";

export type Command = {
  readonly name: CommandName;
  readonly args: readonly string[];
  /** Where its output goes; the run's own output file, whose lines become events, by default. */
  readonly outFile?: string;
};

/**
 * Runs one Terraform command of a job to its end. Its identity is stored before it may begin, so
 * a restarted worker finds it. Throws `Halted` when the run was fenced before that.
 */
export async function runCommand(job: RunJob, command: Command): Promise<Ended> {
  const { parts, claim, files } = job;
  const argv: [string, ...string[]] = [parts.terraform.binary, ...command.args];
  const waiting = await parts.spawner.spawnDetached({
    ...parts.isolation.launch({
      argv,
      folder: job.workspace.folder,
      env: job.env,
      shown: parts.shown,
      reach: reachOf(job, command.name),
    }),
    outFile: command.outFile ?? files.output,
    statusFile: files.status(command.name),
  });
  try {
    if (!(await parts.runs.running(claim, waiting.identity))) {
      job.halt.stop("fenced");
    }
    job.halt.check();
    await writeStarted(files, command.name, waiting.identity);
  } catch (error) {
    waiting.abandon();
    throw error;
  }
  waiting.start();
  const ended = await watchCommand(job, command.name, waiting);
  if (ended.by !== "left") {
    await killSession(waiting.identity);
  }
  return ended;
}

/** A stored plan is shown without its state; what stands nowhere but in our database needs no cloud. */
function reachOf({ parts, deployment }: RunJob, name: CommandName): Reach {
  if (name === "show" || name === "show-text") {
    return "nothing";
  }
  const isHere = parts.simulated || deployment.cloud === "local";
  return isHere && deployment.stateBackend.is === "http" ? "state" : "cloud";
}

/** Follows a command that runs, started by us or by an earlier process. */
export function watchCommand(
  job: RunJob,
  name: CommandName,
  followed: Pick<Watched, "identity" | "gone">,
): Promise<Ended> {
  return watch({
    ...followed,
    halt: job.halt,
    recorder: job.recorder,
    status: () => readStatus(job.files, name),
    interrupt: () => interruptOnce(job.files, name, followed.identity),
    manner: name === "apply" ? "gentle" : "firm",
    onStop: job.parts.onStop,
  });
}
