import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { TestDatabase } from "../harness/database";
import { API_KEY, API_SECRET, CREDENTIAL_KEYS } from "./connected-shop";

export interface WorkerProcess {
  /** Everything it wrote so far. */
  output(): string;
  /** Whether the process is over, however it ended. */
  ended(): boolean;
  /** Stops it as it stands, timers and all, and lets it go on. */
  freeze(): void;
  thaw(): void;
  /** Sends the signal and answers the exit code, null when the signal ended it. */
  end(signal: "SIGKILL" | "SIGTERM"): Promise<number | null>;
}

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

const SOURCES = ["--import", "tsx", "workers/index.ts"];

/**
 * A real worker in a process of its own, against the test's database and stand-in; from its sources,
 * or from a bundle (`buildWorker`) where it is started many times.
 */
export function startWorkerProcess(
  database: Pick<TestDatabase, "urls">,
  simulatorOrigin: string,
  more: Record<string, string> = {},
  start: readonly string[] = SOURCES,
): WorkerProcess {
  const child: ChildProcess = spawn(process.execPath, start, {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      PATH: process.env.PATH,
      NODE_ENV: "test",
      SHOPIFY_APP_URL: "http://127.0.0.1:9",
      SHOPIFY_API_KEY: API_KEY,
      SHOPIFY_API_SECRET: API_SECRET,
      CREDENTIAL_KEYS,
      DATABASE_URL: database.urls.web,
      WORKER_DATABASE_URL: database.urls.worker,
      SIMULATOR_ORIGIN: simulatorOrigin,
      LEASE_SECONDS: "2",
      ...more,
    },
  });
  let output = "";
  const collect = (chunk: Buffer) => {
    output += chunk.toString("utf8");
  };
  child.stdout?.on("data", collect);
  child.stderr?.on("data", collect);
  const exited = once(child, "exit");
  return {
    output: () => output,
    ended: () => child.exitCode !== null || child.signalCode !== null,
    freeze: () => void child.kill("SIGSTOP"),
    thaw: () => void child.kill("SIGCONT"),
    async end(signal) {
      child.kill(signal);
      await exited;
      return child.exitCode;
    },
  };
}
