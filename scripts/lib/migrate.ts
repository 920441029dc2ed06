import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { runMigrations } from "bullmq";
import pg from "pg";
import { ensureLoginRoles } from "./login-roles";

export interface MigrateUrls {
  migrate: string;
  web: string;
  worker: string;
}

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const QUEUE_SCHEMA = "bullmq";
const OUR_SCHEMAS = [
  "app_dashboard",
  "staging_ingest",
  "bulk_load",
  "core_warehouse",
  "reporting",
  QUEUE_SCHEMA,
];

async function withOwner<T>(url: string, work: (owner: pg.Client) => Promise<T>): Promise<T> {
  const owner = new pg.Client({ connectionString: url });
  owner.on("error", () => undefined);
  await owner.connect();
  try {
    return await work(owner);
  } finally {
    await owner.end();
  }
}

/** `prisma migrate deploy` as a process of its own; its words only when it fails. */
async function deployPrismaMigrations(url: string): Promise<void> {
  const cli = createRequire(import.meta.url).resolve("prisma/build/index.js");
  try {
    await promisify(execFile)(process.execPath, [cli, "migrate", "deploy"], {
      cwd: ROOT,
      env: { ...process.env, MIGRATE_DATABASE_URL: url, CHECKPOINT_DISABLE: "1" },
    });
  } catch (error) {
    const said = error as { stdout?: string; stderr?: string; message: string };
    const words = [said.stdout, said.stderr].filter(Boolean).join("\n").trim();
    throw new Error(`The migrations failed:\n${words || said.message}`);
  }
}

/** The queue's own tables and functions, which both processes use; payloads hold only ids. */
async function migrateQueue(owner: pg.Client): Promise<void> {
  await runMigrations(owner, QUEUE_SCHEMA);
  await owner.query(`
    GRANT USAGE ON SCHEMA ${QUEUE_SCHEMA} TO merit_web, merit_worker;
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${QUEUE_SCHEMA} TO merit_web, merit_worker;
    GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA ${QUEUE_SCHEMA} TO merit_web, merit_worker;
    GRANT EXECUTE ON ALL ROUTINES IN SCHEMA ${QUEUE_SCHEMA} TO merit_web, merit_worker;
  `);
}

/**
 * Brings a database up to date, from empty or from any earlier state: our migrations, the queue's,
 * the login roles. Throws a plain sentence when web or worker could pass row-level security.
 */
export async function migrateDatabase(urls: MigrateUrls): Promise<void> {
  await deployPrismaMigrations(urls.migrate);
  await withOwner(urls.migrate, async (owner) => {
    await migrateQueue(owner);
    await ensureLoginRoles(owner, urls);
  });
}

/**
 * Drops everything of ours and makes it anew, empty. Drops schemas and not the database, since a
 * managed Postgres lets nobody do that. Roles stay: they belong to the whole cluster.
 */
export async function resetDatabase(urls: MigrateUrls): Promise<void> {
  await withOwner(urls.migrate, async (owner) => {
    await owner.query(`
      BEGIN;
      DROP SCHEMA IF EXISTS ${OUR_SCHEMAS.join(", ")} CASCADE;
      DROP TABLE IF EXISTS public._prisma_migrations;
      COMMIT;
    `);
  });
  await migrateDatabase(urls);
}
