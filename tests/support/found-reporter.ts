import type { Reporter, TestModule } from "vitest/node";
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

/**
 * Says last which programs were not found, because tests that need them were skipped, and closes with
 * the counts on a line of their own, without colours, for whoever reads a run's output by program.
 */
export default class FoundReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const missing = Object.entries(NEEDED_FOR).filter(([name]) => !isFound(name));
    const lines = missing.map(
      ([name, what]) => `  not found: ${name} (${what}); its tests were skipped`,
    );
    console.log(
      [
        "",
        lines.length === 0 ? "  Nothing was missing: no test was skipped for it." : "",
        ...lines,
        "",
        `tests: ${counts(modules)}`,
      ].join("\n"),
    );
  }
}

function counts(modules: readonly TestModule[]): string {
  const tests = modules.flatMap((module) => [...module.children.allTests()]);
  const of = (state: string): number =>
    tests.filter((test) => test.result().state === state).length;
  return `${of("passed")} passed, ${of("failed")} failed, ${of("skipped")} skipped`;
}

function isFound(name: string): boolean {
  return Object.entries(found).some(
    ([key, value]) => key === name && value !== null && value !== false,
  );
}
