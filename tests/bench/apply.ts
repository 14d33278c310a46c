import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { openBare } from "./bare.ts";
import { approve, make, MODULES, openHouse, untilStatus, untilVote, type House } from "./house.ts";
import { pairs, timed, type Row } from "./row.ts";

const MODULE = join(MODULES, "local_many");
const MANY = 1_000;

/** From the vote to `applied`, against Terraform's local state, which it rewrites per resource. */
export async function applyMany(): Promise<Row> {
  await using house = await openHouse();
  const measured = await pairs(2, {
    async ours(round) {
      const id = await make(house, `apply-${round}`, MANY);
      const shown = await untilVote(house, id);
      return timed(async () => {
        await approve(house, id, shown);
        await untilStatus(house, id, "applied");
      });
    },
    async bare(round) {
      await using folder = openBare(MODULE, { name: `apply-${round}`, amount: MANY });
      await folder.terraform("init");
      await folder.terraform("plan", "-out=plan.bin");
      return await timed(() => folder.terraform("apply", "plan.bin"));
    },
  });
  return {
    name: `vote to applied, ${MANY} resources`,
    ...measured,
    against: "apply with the local backend; Atlantis 1.0, goal 0.07",
  };
}

/** From the click to the moment Terraform's first process of the apply runs. */
export async function clickToStart(): Promise<Row> {
  const wrapped = wrappedTerraform();
  try {
    await using house = await openHouse({ TERRAFORM_BIN: wrapped.binary });
    const measured = await pairs(10, {
      ours: (round) => clicked(house, `click-${round}`),
      // Without the variable it asks the internet for news first.
      bare: () =>
        timed(() => execa("terraform", ["version"], { env: { CHECKPOINT_DISABLE: "1" } })),
    });
    return {
      name: "click to Terraform's process",
      ...measured,
      against: "terraform version; goal: 50 ms",
    };
  } finally {
    wrapped.remove();
  }
}

async function clicked(house: House, name: string): Promise<number> {
  const id = await make(house, name, 1);
  const shown = await untilVote(house, id);
  const at = Date.now();
  await approve(house, id, shown);
  const { runs } = await untilStatus(house, id, "applied");
  const run = runs.find(({ kind }) => kind === "apply")?.id ?? "";
  const headers = { "x-console-user": "dev", accept: "application/x-ndjson" };
  const log = await fetch(`${house.product.url()}/deployments/${id}/logs?run=${run}`, { headers });
  const started = /begun at (\d+)/.exec(await log.text())?.[1];
  return Number(started) - at;
}

/** Terraform that says in the run's log when its process began. */
function wrappedTerraform() {
  const folder = mkdtempSync(join(tmpdir(), "mcp-begun-"));
  const binary = join(folder, "terraform");
  const script = `#!/bin/sh
case "$1" in init|apply) echo "begun at $(date +%s%3N)";; esac
exec terraform "$@"
`;
  writeFileSync(binary, script);
  chmodSync(binary, 0o755);
  return { binary, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
