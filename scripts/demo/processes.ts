import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";

export interface RunningProcess {
  name: string;
  /** Asks it to end (SIGTERM), insists after ten seconds. */
  stop(): Promise<void>;
  /** Rejects when it ends without having been asked, with the end of its log in the message. */
  failed: Promise<never>;
}

/** Starts a part of the demo; what it prints goes to `logFile`. */
export function startProcess(
  name: string,
  args: string[],
  options: { cwd: string; env: Record<string, string>; logFile: string },
): RunningProcess {
  const log = openSync(options.logFile, "a");
  const { PATH, HOME, TMPDIR } = process.env;
  const child = spawn(process.execPath, args, {
    cwd: options.cwd,
    // Nothing else of the surroundings: a variable set by chance must not change what is shown.
    env: { NODE_ENV: "production", PATH, HOME, TMPDIR, ...options.env },
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  let asked = false;
  const failed = new Promise<never>((_, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      if (asked) return;
      const how = signal ? `was ended by ${signal}` : `ended with code ${code}`;
      reject(new Error(`${name} ${how}. The end of its log:\n${tail(options.logFile)}`));
    });
  });
  // Whoever waits for something else at that moment still hears of it through `failed`.
  failed.catch(() => {});
  return {
    name,
    failed,
    stop: async () => {
      asked = true;
      await stopChild(child);
    },
  };
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  child.kill("SIGTERM");
  const insist = setTimeout(() => child.kill("SIGKILL"), 10_000);
  await ended;
  clearTimeout(insist);
}

function tail(file: string): string {
  return readFileSync(file, "utf8").trimEnd().split("\n").slice(-15).join("\n");
}
