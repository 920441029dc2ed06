import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const app = fileURLToPath(new URL("./app", import.meta.url));
const alias = { "~": app };

/**
 * Three projects, so that unit tests never wait for a database: `unit` beside the code,
 * `integration` on one embedded Postgres (a database per file, from a template), `e2e` in a browser.
 */
export default defineConfig({
  test: {
    pool: "forks",
    projects: [
      {
        resolve: { alias },
        test: {
          name: "unit",
          pool: "forks",
          include: ["{app,server,workers,simulators,scripts}/**/*.test.{ts,tsx}"],
          maxWorkers: 2,
        },
      },
      {
        resolve: { alias },
        test: {
          name: "integration",
          pool: "forks",
          include: ["tests/{integration,faults,real-data}/**/*.test.ts"],
          // They wait more than they work: a lease to end, a worker to start, a pause to pass.
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
          globalSetup: ["tests/harness/global-setup.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: "e2e",
          pool: "forks",
          include: ["tests/e2e/**/*.test.ts"],
          globalSetup: ["tests/harness/global-setup.ts"],
          fileParallelism: false,
          sequence: { groupOrder: 2 },
          testTimeout: 120_000,
          hookTimeout: 240_000,
        },
      },
    ],
  },
});
