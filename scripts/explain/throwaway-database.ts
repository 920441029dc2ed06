import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbeddedPostgres } from "../lib/embedded-postgres";
import { freePort } from "../lib/free-port";
import { type MigrateUrls, migrateDatabase } from "../lib/migrate";

/**
 * Runs `work` on a real, migrated Postgres in a temporary folder; server and folder are gone
 * afterwards, whatever happened.
 */
export async function withThrowawayDatabase<T>(
  work: (urls: MigrateUrls & { admin: string }) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "merit-explain-"));
  try {
    const postgres = await startEmbeddedPostgres({
      dataDir: join(folder, "postgres"),
      port: await freePort(),
      fast: true,
    });
    try {
      await migrateDatabase(postgres.urls);
      return await work(postgres.urls);
    } finally {
      await postgres.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
