import { composeWorker } from "#compose/worker.ts";
import { runProgram } from "#compose/program.ts";

/** `npm run worker`: executes runs, and serves nothing but Terraform's state route to them. */
await runProgram("worker", async (config, log) => {
  const working = await composeWorker(config, log);
  log.info({ worker: working.worker, concurrency: config.concurrency }, "working");
  return working;
});
