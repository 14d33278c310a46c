import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readConfig } from "#config/config.ts";
import { applyMany, clickToStart } from "./apply.ts";
import { hugePlan, manyDeployments } from "./load.ts";
import { manyToCard, planToCard } from "./plan-to-card.ts";
import type { Row } from "./row.ts";

/** Every benchmark by its name, each as a ratio within this run: machines differ, ratios travel. */
const BENCHMARKS: Readonly<Record<string, () => Promise<Row>>> = {
  card: planToCard,
  click: clickToStart,
  "card-1000": manyToCard,
  "apply-1000": applyMany,
  load: manyDeployments,
  huge: hugePlan,
};

/** `npm run bench` runs all, `npm run bench -- click load` these. */
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(BENCHMARKS, name));
if (unknown.length > 0) {
  console.error(
    `No such benchmark: ${unknown.join(", ")}. There are: ${Object.keys(BENCHMARKS).join(", ")}.`,
  );
  process.exit(2);
}

const rows: Row[] = [];
for (const [name, benchmark] of Object.entries(BENCHMARKS)) {
  if (wanted.length === 0 || wanted.includes(name)) {
    console.log(`${name} …`);
    rows.push(await benchmark());
  }
}
console.table(
  rows.map(({ name, ours, bare, ratio, runs, against }) => ({
    benchmark: name,
    "ours, ms": Math.round(ours),
    "bare, ms": Math.round(bare),
    ratio: ratio.toFixed(2),
    runs,
    against,
  })),
);
for (const { name, note } of rows.filter((row) => row.note !== undefined)) {
  console.log(`${name}: ${note}`);
}
const folder = join(readConfig(process.env).dataDir, "bench");
mkdirSync(folder, { recursive: true });
const file = join(folder, `${new Date().toISOString().replaceAll(":", "-")}.json`);
writeFileSync(file, `${JSON.stringify(rows, null, 2)}\n`);
console.log(`Written to ${file}`);
