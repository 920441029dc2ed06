import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { startEmbeddedPostgres } from "../../scripts/lib/embedded-postgres";
import { freePort } from "../../scripts/lib/free-port";
import { migrateDatabase } from "../../scripts/lib/migrate";

export interface TestServer {
  /** Of a superuser, or of whoever may create databases and roles. */
  admin: string;
  migrate: string;
  web: string;
  worker: string;
  template: string;
}

declare module "vitest" {
  export interface ProvidedContext {
    postgres: TestServer;
  }
}

const TEMPLATE = "merit_template";

/** A Postgres given from outside, as its superuser; logins of our own are made in it. */
async function givenServer(admin: string): Promise<TestServer> {
  const client = new pg.Client({ connectionString: admin });
  await client.connect();
  const url = (role: string) => {
    const parsed = new URL(admin);
    parsed.username = role;
    parsed.password = "merit-test";
    parsed.pathname = `/${TEMPLATE}`;
    return parsed.href;
  };
  await client.query(`DROP DATABASE IF EXISTS ${TEMPLATE} WITH (FORCE)`);
  for (const [role, rights] of [
    ["merit_test_owner", "CREATEROLE CREATEDB"],
    ["merit_test_web", ""],
    ["merit_test_worker", ""],
  ]) {
    const { rowCount } = await client.query("SELECT 1 FROM pg_roles WHERE rolname = $1", [role]);
    if (rowCount === 0)
      await client.query(`CREATE ROLE ${role} LOGIN PASSWORD 'merit-test' ${rights}`);
  }
  await client.query(`CREATE DATABASE ${TEMPLATE} OWNER merit_test_owner`);
  await client.end();
  return {
    admin,
    migrate: url("merit_test_owner"),
    web: url("merit_test_web"),
    worker: url("merit_test_worker"),
    template: TEMPLATE,
  };
}

let stop: () => Promise<void> = async () => undefined;

/**
 * One Postgres for all test files (TEST_DATABASE_URL's, else an embedded one in a temporary folder),
 * with one migrated template database that `createTestDatabase` copies.
 */
export async function setup(project: TestProject): Promise<void> {
  const given = process.env.TEST_DATABASE_URL;
  if (given) {
    const server = await givenServer(given);
    await migrateDatabase(server);
    project.provide("postgres", server);
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), "merit-test-"));
  const postgres = await startEmbeddedPostgres({
    dataDir: join(folder, "postgres"),
    port: await freePort(),
    database: TEMPLATE,
    fast: true,
  });
  stop = async () => {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await migrateDatabase(postgres.urls);
  } catch (error) {
    await stop();
    throw error;
  }
  project.provide("postgres", { ...postgres.urls, template: TEMPLATE });
}

export async function teardown(): Promise<void> {
  await stop();
}
