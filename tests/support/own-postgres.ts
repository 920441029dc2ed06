import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbeddedPostgres } from "../../scripts/lib/embedded-postgres";
import { freePort } from "../../scripts/lib/free-port";
import { migrateDatabase } from "../../scripts/lib/migrate";
import type { TestServer } from "../harness/global-setup";

export interface OwnPostgres {
  server: TestServer;
  /**
   * Stops the server and starts it again on the same port. `fast` ends connections in good order;
   * `immediate` is a crash: what was committed is recovered, unlogged tables are emptied.
   */
  restart(how: "fast" | "immediate"): Promise<void>;
  stop(): Promise<void>;
}

const TEMPLATE = "merit_template";
const SIGNALS = { fast: "SIGINT", immediate: "SIGQUIT" } as const;

/** A Postgres of the test's own, durable as in production, with a migrated template: for tests that stop it. */
export async function startOwnPostgres(): Promise<OwnPostgres> {
  const folder = mkdtempSync(join(tmpdir(), "merit-own-"));
  const dataDir = join(folder, "postgres");
  const options = { dataDir, port: await freePort(), database: TEMPLATE };
  let running = await startEmbeddedPostgres(options);
  const stop = async () => {
    await running.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await migrateDatabase(running.urls);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    server: { ...running.urls, template: TEMPLATE },
    async restart(how) {
      const [pid] = readFileSync(join(dataDir, "postmaster.pid"), "utf8").split("\n");
      process.kill(Number(pid), SIGNALS[how]);
      await running.stop();
      running = await startEmbeddedPostgres(options);
    },
    stop,
  };
}
