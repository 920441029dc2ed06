import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const STOP_TIMEOUT_MS = 15_000;
const POLL_MS = 50;

interface ProcessFacts {
  command: string;
  parent: number;
}

/** What a process is, from /proc or, where there is none (macOS), from `ps`. */
function factsOf(pid: number): ProcessFacts | undefined {
  try {
    if (existsSync("/proc/self/stat")) {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      const [state, parent] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      if (state === "Z") return undefined;
      const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
      return { command, parent: Number(parent) };
    }
    const line = execFileSync("ps", ["-o", "ppid=,command=", "-p", String(pid)], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    const [parent = "", ...command] = line.trim().split(/\s+/);
    return { command: command.join(" "), parent: Number(parent) };
  } catch {
    return undefined;
  }
}

/**
 * Makes a data folder free for a start after a run that was killed: a server without its parent is
 * stopped (it would hold the folder), a lock file whose process is gone or is another program's is
 * removed. A server whose run is still alive is left alone, and an error says so.
 */
export async function clearStalePostmaster(dataDir: string): Promise<void> {
  const lockFile = join(dataDir, "postmaster.pid");
  if (!existsSync(lockFile)) return;
  const pid = Number(readFileSync(lockFile, "utf8").split("\n")[0]);
  const server = factsOf(pid);
  if (server && /postgres/.test(server.command) && server.command.includes(dataDir)) {
    if (/\bnode\b|\btsx\b|vitest/.test(factsOf(server.parent)?.command ?? "")) {
      throw new Error(`Another run is using the database in ${dataDir} (process ${pid}).`);
    }
    process.kill(pid, "SIGINT");
    for (let waited = 0; factsOf(pid); waited += POLL_MS) {
      if (waited > STOP_TIMEOUT_MS) {
        throw new Error(`The database of an earlier run (process ${pid}) does not stop.`);
      }
      await sleep(POLL_MS);
    }
  }
  rmSync(lockFile, { force: true });
}
