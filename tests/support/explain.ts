import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface ExplainedRow {
  table: string;
  row: Record<string, unknown>;
}

export interface Explained {
  code: number | null;
  stdout: string;
  stderr: string;
  rows: ExplainedRow[];
  /** What the command left in its temporary folder. */
  left: string[];
}

interface Options {
  /** Standard input; left open, as a terminal leaves it, when absent. */
  input?: string;
  /** Sent as soon as a row has been printed. */
  signal?: NodeJS.Signals;
}

/** `npm run explain -- ARGUMENTS` as a process of its own, with a temporary folder of its own. */
export async function runExplain(
  args: string[],
  { input, signal }: Options = {},
): Promise<Explained> {
  const folder = mkdtempSync(join(tmpdir(), "merit-explain-test-"));
  const child = spawn(process.execPath, ["scripts/explain.mjs", ...args], {
    env: { ...process.env, TMPDIR: folder },
    stdio: "pipe",
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (data: string) => {
    stdout += data;
    if (signal) child.kill(signal);
  });
  child.stderr.setEncoding("utf8").on("data", (data: string) => {
    stderr += data;
  });
  if (input !== undefined) {
    child.stdin.write(input);
    if (!signal) child.stdin.end();
  }
  const code = await new Promise<number | null>((ended) => child.on("close", ended));
  const left = readdirSync(folder).filter((name) => name.startsWith("merit-explain-"));
  rmSync(folder, { recursive: true, force: true });
  const lines = stdout.split("\n").filter((line) => line !== "");
  return { code, stdout, stderr, left, rows: lines.map((line) => JSON.parse(line)) };
}

/** The rows order by order: each begins with its row of `orders`. */
export function byOrder(rows: readonly ExplainedRow[]): ExplainedRow[][] {
  const orders: ExplainedRow[][] = [];
  for (const row of rows) {
    if (row.table === "orders") orders.push([row]);
    else orders.at(-1)?.push(row);
  }
  return orders;
}
