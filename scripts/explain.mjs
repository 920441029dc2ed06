// `npm run explain`: makes ready what is missing, then hands over to scripts/explain/main.ts.
import { spawn } from "node:child_process";
import { ensureInstalled, root } from "./lib/ensure-ready.mjs";

ensureInstalled();

const explain = spawn(
  process.execPath,
  ["--import", "tsx", "scripts/explain/main.ts", ...process.argv.slice(2)],
  {
    cwd: root,
    // Detached: Ctrl-C is passed on once, so that the database is stopped by who started it.
    detached: true,
    stdio: "inherit",
  },
);

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => explain.kill("SIGTERM"));
}
explain.on("exit", (code, signal) => {
  process.exitCode = code ?? (signal ? 1 : 0);
});
