import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readConfig } from "#config/config.ts";
import { planToCard } from "./plan-to-card.ts";
import type { Row } from "./row.ts";

/** Every benchmark, each as a ratio within this run: machines differ, ratios travel. */
const BENCHMARKS: readonly (() => Promise<Row>)[] = [planToCard];

const rows: Row[] = [];
for (const benchmark of BENCHMARKS) {
  rows.push(await benchmark());
}
console.table(
  rows.map(({ name, ours, bare, ratio, runs, against }) => ({
    benchmark: name,
    "ours, median ms": Math.round(ours),
    "bare, median ms": Math.round(bare),
    ratio: ratio.toFixed(2),
    runs,
    against,
  })),
);
const folder = join(readConfig(process.env).dataDir, "bench");
mkdirSync(folder, { recursive: true });
const file = join(folder, `${new Date().toISOString().replaceAll(":", "-")}.json`);
writeFileSync(file, `${JSON.stringify(rows, null, 2)}\n`);
console.log(`Written to ${file}`);
