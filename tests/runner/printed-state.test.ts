import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { approve, askForProbe, openHouse, settled, through } from "#tests/support/runner.ts";
import { until } from "#tests/support/until.ts";

// There it cannot write the file either; and it would go on trying to send it for ten minutes.
const NOWHERE =
  'case "$*" in *" apply "*) mkdir errored.tfstate;; esac; exec env TF_HTTP_RETRY_MAX=0 "$@"';

test("a state that Terraform could only print is kept, and stands in no file any more", async () => {
  await using stack = new AsyncDisposableStack();
  const dataDir = mkdtempSync(join(tmpdir(), "mcp-printed-"));
  stack.defer(() => rmSync(dataDir, { recursive: true, force: true }));
  const house = stack.use(
    await openHouse(dataDir, {
      isolation: through(["/bin/sh", "-c", NOWHERE, "printed"]),
      around: (routes) => (request, response) => {
        if (request.method === "POST") {
          response.writeHead(500).end();
        } else {
          routes(request, response);
        }
      },
    }),
  );
  stack.use(house.startWorker());
  const { id } = await askForProbe(house, "printed", { steps: 2, password: "hunter2-swordfish" });

  await approve(house, id);
  const over = await settled(house, id);
  const [run] = await house.parts.runs.ofDeployment(id);
  const output = join(dataDir, "runs", `${run?.id}-1`, "out.jsonl");
  await until("its removal", () => !readFileSync(output, "utf8").includes('"lineage"'));

  const said = run === undefined ? [] : await house.parts.runs.events(run.id, 0, 1_000);
  expect(over).toMatchObject({ standing: { is: "partial", after: "failed" } });
  expect(over.resources).toHaveLength(3);
  expect(readFileSync(output, "utf8")).toContain("Creation complete");
  expect(said.map(({ message }) => message).join("\n")).not.toMatch(/hunter2|lineage/);
}, 60_000);
