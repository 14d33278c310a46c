import type { Reporter } from "vitest/node";
import { found } from "./found.ts";

const NEEDED_FOR: Readonly<Record<keyof typeof found, string>> = {
  bubblewrap: "the containment of shells and of runs",
  chromium: "the pages in a real browser",
  postgres: "the stores on a real PostgreSQL",
  redis: "Bull, and several workers on one queue",
  terraform: "every run",
  tofu: "plans and applies of OpenTofu",
  git: "module commits",
  moto: "state in an S3 bucket",
  fakeGcs: "state in a Google bucket",
};

/** Says last which programs were not found, because tests that need them were skipped. */
export default class FoundReporter implements Reporter {
  onTestRunEnd(): void {
    const missing = Object.entries(NEEDED_FOR).filter(([name]) => !isFound(name));
    const lines = missing.map(
      ([name, what]) => `  not found: ${name} (${what}); its tests were skipped`,
    );
    console.log(
      [
        "",
        lines.length === 0 ? "  Nothing was missing: no test was skipped for it." : "",
        ...lines,
      ].join("\n"),
    );
  }
}

function isFound(name: string): boolean {
  return Object.entries(found).some(
    ([key, value]) => key === name && value !== null && value !== false,
  );
}
