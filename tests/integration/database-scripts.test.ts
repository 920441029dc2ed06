import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createSecretBox } from "~/lib/crypto.server";
import { tenantDb } from "~/lib/tenant-db.server";
import { readTokens } from "~/tenancy/credentials.server";
import { createTestDatabase, seedShop, type TestDatabase } from "../harness/database";

const SHOP = "seeded.myshopify.com";
const KEYS = `k:${randomBytes(32).toString("base64")}`;
const roles: string[] = [];
let database: TestDatabase;

interface Outcome {
  code: number;
  output: string;
}

/** Runs a script as `npm run` does, on this test's database. */
async function run(
  script: string,
  env: Record<string, string> = {},
  args: string[] = [],
): Promise<Outcome> {
  const { web, worker, migrate } = database.urls;
  const command = ["--import", "tsx", `scripts/${script}.ts`, ...args];
  const urls = { DATABASE_URL: web, WORKER_DATABASE_URL: worker, MIGRATE_DATABASE_URL: migrate };
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, command, {
      env: { PATH: process.env.PATH, NODE_ENV: "test", ...urls, ...env },
    });
    return { code: 0, output: stdout + stderr };
  } catch (error) {
    const failed = error as { code: number; stdout: string; stderr: string };
    return { code: failed.code, output: failed.stdout + failed.stderr };
  }
}

async function countTables(): Promise<number> {
  const { rows } = await database.admin.query<{ count: number }>(
    `SELECT count(*)::int FROM pg_catalog.pg_tables
     WHERE schemaname IN ('app_dashboard', 'staging_ingest', 'bulk_load', 'core_warehouse', 'reporting', 'bullmq')`,
  );
  return rows[0]?.count ?? 0;
}

/** A login made for this test; the cluster keeps roles, so they are dropped at the end. */
async function newRole(rights: string): Promise<string> {
  const name = `merit_test_${randomBytes(4).toString("hex")}`;
  roles.push(name);
  if (rights) await database.admin.query(`CREATE ROLE ${name} LOGIN PASSWORD 'pw' ${rights}`);
  return name;
}

function urlAs(role: string): string {
  const url = new URL(database.urls.web);
  url.username = role;
  url.password = "pw";
  return url.href;
}

describe("on an empty database", () => {
  beforeAll(async () => {
    database = await createTestDatabase({ empty: true });
  });
  afterAll(async () => {
    for (const role of roles) {
      await database.admin.query(`DROP OWNED BY ${role}`).catch(() => undefined);
      await database.admin.query(`DROP ROLE IF EXISTS ${role}`);
    }
    await database.drop();
  });

  test("db:migrate makes everything, also beside another database of the cluster, and again", async () => {
    expect(await countTables()).toBe(0);
    expect(await run("db-migrate")).toMatchObject({
      code: 0,
      output: expect.stringContaining("up to date"),
    });
    const tables = await countTables();
    expect(tables).toBeGreaterThan(20);
    expect((await run("db-migrate")).code).toBe(0);
    expect(await countTables()).toBe(tables);
    await expect(database.web.pool.query("SELECT FROM bullmq.job")).resolves.toBeDefined();
  });

  test("db:migrate makes login roles that are missing, and they can work", async () => {
    const role = await newRole("");
    expect(await run("db-migrate", { DATABASE_URL: urlAs(role) })).toMatchObject({ code: 0 });
    const { rows } = await database.admin.query(
      "SELECT rolcanlogin, rolsuper, rolbypassrls, pg_has_role(rolname, 'merit_web', 'USAGE') AS web FROM pg_roles WHERE rolname = $1",
      [role],
    );
    expect(rows).toEqual([{ rolcanlogin: true, rolsuper: false, rolbypassrls: false, web: true }]);
  });

  test.each([
    ["SUPERUSER", /is a SUPERUSER: row-level security would not bind it/],
    ["BYPASSRLS", /has BYPASSRLS: row-level security would not bind it/],
  ])("db:migrate refuses a web role with %s, and says why", async (right, sentence) => {
    const role = await newRole(right);
    const { code, output } = await run("db-migrate", { DATABASE_URL: urlAs(role) });
    expect(code).toBe(1);
    expect(output).toMatch(sentence);
    expect(output).not.toContain("    at ");
  });

  test("db:migrate refuses the owner as the worker, and a role that may become a mightier one", async () => {
    const asOwner = await run("db-migrate", { WORKER_DATABASE_URL: database.urls.migrate });
    expect(asOwner).toMatchObject({
      code: 1,
      output: expect.stringMatching(/WORKER_DATABASE_URL/),
    });
    const mighty = await newRole("BYPASSRLS");
    const modest = await newRole("NOINHERIT");
    await database.admin.query(`GRANT ${mighty} TO ${modest}`);
    expect((await run("db-migrate", { DATABASE_URL: urlAs(modest) })).output).toMatch(/BYPASSRLS/);
  });

  test("missing variables are named", async () => {
    const { code, output } = await run("db-migrate", {
      MIGRATE_DATABASE_URL: "",
      DATABASE_URL: "",
    });
    expect(code).toBe(1);
    expect(output).toMatch(/Set MIGRATE_DATABASE_URL, DATABASE_URL/);
  });
});

describe("on a database in use", () => {
  beforeEach(async () => {
    database = await createTestDatabase();
  });
  afterEach(() => database.drop());

  test("db:reset drops every row and stands up again", async () => {
    await seedShop(database, SHOP);
    const tables = await countTables();
    expect(await run("db-reset")).toMatchObject({ code: 0 });
    expect(await countTables()).toBe(tables);
    const { rows } = await database.admin.query("SELECT FROM app_dashboard.shops");
    expect(rows).toHaveLength(0);
  });

  test("db:reset refuses in production unless it is forced", async () => {
    await seedShop(database, SHOP);
    const refused = await run("db-reset", { NODE_ENV: "production" });
    expect(refused).toMatchObject({ code: 1, output: expect.stringContaining("--force") });
    const shops = () => database.admin.query("SELECT FROM app_dashboard.shops");
    expect((await shops()).rowCount).toBe(1);
    expect((await run("db-reset", { NODE_ENV: "production" }, ["--force"])).code).toBe(0);
    expect((await shops()).rowCount).toBe(0);
  });

  test("db:seed makes an account, a user and credentials once, however often it runs", async () => {
    const env = {
      SEED_SHOP: SHOP,
      SEED_ACCESS_TOKEN: "shpat_PLANTED",
      SEED_USER_EMAIL: "ann@example.com",
      CREDENTIAL_KEYS: KEYS,
    };
    const first = await run("db-seed", env);
    expect(first).toMatchObject({ code: 0, output: expect.stringContaining(SHOP) });
    expect(first.output).not.toContain("PLANTED");
    expect((await run("db-seed", { ...env, SEED_ACCESS_TOKEN: "shpat_SECOND" })).code).toBe(0);
    const { rows } = await database.admin.query(
      `SELECT (SELECT count(*)::int FROM app_dashboard.accounts) AS accounts,
         (SELECT count(*)::int FROM app_dashboard.users) AS users,
         (SELECT count(*)::int FROM app_dashboard.user_shops WHERE is_default) AS grants`,
    );
    expect(rows).toEqual([{ accounts: 1, users: 1, grants: 1 }]);
    const db = tenantDb(database.web, { kind: "shop", shopId: SHOP });
    const tokens = await readTokens(db, { box: createSecretBox(KEYS) });
    expect(tokens?.accessToken).toBe("shpat_SECOND");
  });

  test("db:seed names what is wrong and changes nothing", async () => {
    const { code, output } = await run("db-seed", { SEED_SHOP: "example.com" });
    expect(code).toBe(1);
    expect(output).toMatch(
      /SEED_SHOP: must be a myshopify.com domain[\s\S]*CREDENTIAL_KEYS: is missing/,
    );
    expect((await database.admin.query("SELECT FROM app_dashboard.shops")).rowCount).toBe(0);
  });

  test("the migrations say what the Prisma schema says", async () => {
    const command = ["node_modules/prisma/build/index.js", "migrate", "diff"];
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [
        ...command,
        ...["--from-migrations", "prisma/migrations", "--to-schema-datamodel", "prisma/schema"],
        "--script",
      ],
      { env: { ...process.env, MIGRATE_DATABASE_URL: database.urls.migrate } },
    );
    expect(stdout).toContain("This is an empty migration");
  });
});
