import { randomBytes } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";
import { createDatabase, type Database } from "~/lib/db.server";
import type { TestServer } from "./global-setup";

export interface TestDatabase {
  web: Database;
  worker: Database;
  /** The owner of the schemas: no superuser, and bound by row-level security itself. */
  owner: pg.Pool;
  /** Superuser: sees everything, for arranging and for looking. */
  admin: pg.Pool;
  urls: { web: string; worker: string; migrate: string; admin: string };
  /** Closes every handle and drops the database. */
  drop(): Promise<void>;
}

interface Options {
  /** An empty database instead of a copy of the migrated template. */
  empty?: boolean;
  /** Another server than the one that all test files share. */
  server?: TestServer;
}

const POOL_SIZE = 10;

const onDatabase = (url: string, name: string) => {
  const parsed = new URL(url);
  parsed.pathname = `/${name}`;
  return parsed.href;
};

function quietPool(url: string): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max: POOL_SIZE });
  pool.on("error", () => undefined);
  return pool;
}

/** A database of its own for one test file, in about 50 ms. Call `drop()` in `afterAll`. */
export async function createTestDatabase({
  empty = false,
  server = inject("postgres"),
}: Options = {}): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString("hex")}`;
  const cluster = new pg.Client({ connectionString: server.admin });
  await cluster.connect();
  const { username: ownerRole } = new URL(server.migrate);
  const template = empty ? "template0" : server.template;
  await cluster.query(`CREATE DATABASE ${name} TEMPLATE ${template} OWNER ${ownerRole}`);
  await cluster.end();

  const urls = {
    web: onDatabase(server.web, name),
    worker: onDatabase(server.worker, name),
    migrate: onDatabase(server.migrate, name),
    admin: onDatabase(server.admin, name),
  };
  const web = createDatabase({ url: urls.web, poolSize: POOL_SIZE, applicationName: "test-web" });
  const worker = createDatabase({
    url: urls.worker,
    poolSize: POOL_SIZE,
    applicationName: "test-worker",
  });
  const owner = quietPool(urls.migrate);
  const admin = quietPool(urls.admin);
  return {
    web,
    worker,
    owner,
    admin,
    urls,
    async drop() {
      await Promise.all([web.close(), worker.close(), owner.end(), admin.end()]);
      const client = new pg.Client({ connectionString: server.admin });
      await client.connect();
      await allGone(client, name);
      await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      await client.end();
    },
  };
}

/**
 * A pool's end does not wait for its sockets: a connection that FORCE cuts off while it says
 * goodbye would report an error that nobody expects.
 */
async function allGone(client: pg.Client, name: string): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const { rows } = await client.query("SELECT 1 FROM pg_stat_activity WHERE datname = $1", [
      name,
    ]);
    if (rows.length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** An account and an installed shop, as most tests need. Answers the account's id. */
export async function seedShop(
  database: TestDatabase,
  shopId: string,
  { currency = "EUR", zone = "Europe/Berlin" }: { currency?: string; zone?: string } = {},
): Promise<string> {
  const { rows } = await database.admin.query<{ account_id: string }>(
    `WITH account AS (
       INSERT INTO app_dashboard.accounts (kind, name) VALUES ('MERCHANT', $1) RETURNING id
     )
     INSERT INTO app_dashboard.shops (shop_id, account_id, name, currency, iana_timezone, installed_at)
     SELECT $1, account.id, $1, $2, $3, now() FROM account
     RETURNING account_id`,
    [shopId, currency, zone],
  );
  const accountId = rows[0]?.account_id;
  if (!accountId) throw new Error(`the shop ${shopId} was not made`);
  return accountId;
}
