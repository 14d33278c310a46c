import { defineConfig } from "vitest/config";

/** `npm run test:faults`: every fault there is, which takes more than an hour. */
export default defineConfig({
  test: {
    include: ["tests/faults/**/*.faults.ts"],
    globalSetup: ["tests/support/global-setup.ts"],
    reporters: ["default", "./tests/support/found-reporter.ts"],
    testTimeout: 600_000,
    hookTimeout: 600_000,
    maxWorkers: 1,
    maxConcurrency: 2,
  },
});
