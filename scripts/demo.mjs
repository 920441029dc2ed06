// `npm run demo`: makes ready what is missing, then hands over to scripts/demo/main.ts.
import { spawn } from "node:child_process";
import { ensureBuilt, ensureInstalled, root } from "./lib/ensure-ready.mjs";

ensureInstalled();
ensureBuilt();

// Detached: Ctrl-C in a terminal goes to the whole foreground group, and Postgres would stop under
// the feet of a worker that still wants to give its job back. Only we hear it, and pass it on.
const demo = spawn(
  process.execPath,
  ["--import", "tsx", "scripts/demo/main.ts", ...process.argv.slice(2)],
  {
    cwd: root,
    detached: true,
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  },
);

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => demo.kill("SIGTERM"));
}
demo.on("exit", (code, signal) => {
  process.exitCode = code ?? (signal ? 1 : 0);
});
