import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Bundles the worker as it stands now, in a second: it starts several times faster than its sources do. */
export async function buildWorker(): Promise<{ entry: string; remove(): void }> {
  mkdirSync(join(ROOT, "build"), { recursive: true });
  // Within the project, so that packages are found.
  const outDir = mkdtempSync(join(ROOT, "build", "test-worker-"));
  await build({
    configFile: join(ROOT, "vite.node.config.ts"),
    root: ROOT,
    logLevel: "warn",
    build: { outDir, rollupOptions: { input: { worker: join(ROOT, "workers/index.ts") } } },
  });
  return {
    entry: join(outDir, "worker.js"),
    remove: () => rmSync(outDir, { recursive: true, force: true }),
  };
}
