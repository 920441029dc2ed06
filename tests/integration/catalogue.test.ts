import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../harness/database";

/** The queue's own tables: they hold ids of jobs and shops, and BullMQ knows no tenants. */
const QUEUE_SCHEMA = "bullmq";
/** Rows of no shop: accounts, users (policies of their own), signs of life, what the APIs allow. */
const WITHOUT_SHOP = ["accounts", "api_budgets", "api_calls", "users", "worker_heartbeats"];
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

async function names(sql: string, values: unknown[] = []): Promise<string[]> {
  const { rows } = await database.admin.query<{ name: string }>(sql, values);
  return rows.map(({ name }) => name);
}

/** Everything row-like that the web's login can read at all, in whole or by a column. */
const READABLE_BY_WEB = `
  SELECT relation.oid, relation.relkind, relation.relrowsecurity, relation.relforcerowsecurity,
    relation.reloptions, relation.relnamespace::regnamespace || '.' || relation.relname AS name
  FROM pg_catalog.pg_class relation
  WHERE relation.relkind IN ('r', 'p', 'v', 'm', 'f')
    AND relation.relnamespace::regnamespace::text NOT IN ('pg_catalog', 'information_schema', $1)
    AND relation.relnamespace::regnamespace::text NOT LIKE 'pg\\_%'
    AND has_schema_privilege('merit_web', relation.relnamespace, 'USAGE')
    AND (has_table_privilege('merit_web', relation.oid, 'SELECT')
      OR has_any_column_privilege('merit_web', relation.oid, 'SELECT'))`;

test("the web role can read something, so the tests below are about something", async () => {
  const readable = await names(`${READABLE_BY_WEB} ORDER BY name`, [QUEUE_SCHEMA]);
  expect(readable).toContain("core_warehouse.orders");
  expect(readable).toContain("reporting.daily_revenue");
});

const UNGUARDED = `
  SELECT name FROM (${READABLE_BY_WEB}) readable
  WHERE NOT CASE
    WHEN relkind IN ('r', 'p') THEN relrowsecurity AND relforcerowsecurity
      AND EXISTS (SELECT FROM pg_catalog.pg_policy WHERE polrelid = readable.oid)
    WHEN relkind = 'v' THEN coalesce(reloptions @> ARRAY['security_invoker=true'], false)
    ELSE false
  END`;

test("nothing that the web role can read is without a policy or security_invoker", async () => {
  expect(await names(UNGUARDED, [QUEUE_SCHEMA])).toEqual([]);
});

test.each([
  ["a plain table", "CREATE TABLE reporting.leak (shop_id text)"],
  ["a table of a column", "CREATE TABLE reporting.leak (shop_id text, secret text)"],
  ["an owner's view", "CREATE VIEW reporting.leak AS SELECT * FROM core_warehouse.orders"],
  ["a materialized view", "CREATE MATERIALIZED VIEW reporting.leak AS SELECT 1 AS shop_id"],
])("the test would find %s", async (kind, sql) => {
  const client = await database.admin.connect();
  try {
    await client.query("BEGIN");
    await client.query(sql);
    const columns = kind === "a table of a column" ? "(secret)" : "";
    await client.query(`GRANT SELECT ${columns} ON reporting.leak TO merit_web`);
    const { rows } = await client.query(UNGUARDED, [QUEUE_SCHEMA]);
    expect(rows).toEqual([{ name: "reporting.leak" }]);
  } finally {
    await client.query("ROLLBACK");
    client.release();
  }
});

test("every policy asks for the context once a statement, and none is open to web or worker", async () => {
  const { rows } = await database.admin.query<{ name: string; roles: string[]; qual: string }>(
    `SELECT schemaname || '.' || tablename || ': ' || policyname AS name,
       roles::text[] AS roles, coalesce(qual, with_check) AS qual
     FROM pg_catalog.pg_policies`,
  );
  const ofTenants = rows.filter(({ roles }) => !roles.every((role) => role === "merit_dispatcher"));
  expect(ofTenants.length).toBeGreaterThan(15);
  expect(ofTenants.filter(({ roles }) => roles.includes("public"))).toEqual([]);
  const open = ofTenants.filter(({ qual }) => qual === "true").map(({ name }) => name);
  expect(open).toEqual(["app_dashboard.accounts: new_account"]);
  const perRow = ofTenants.filter(
    ({ qual }) => qual.includes("visible_shop_ids") && !/SELECT app_dashboard\.visible/.test(qual),
  );
  expect(perRow).toEqual([]);
});

const TENANT_TABLES = `
  SELECT relation.oid, relation.relrowsecurity, relation.relforcerowsecurity,
    relation.relnamespace::regnamespace || '.' || relation.relname AS name
  FROM pg_catalog.pg_class relation
  WHERE relation.relkind IN ('r', 'p') AND (
    relation.relnamespace::regnamespace::text IN ('staging_ingest', 'core_warehouse', 'reporting')
    OR relation.relnamespace::regnamespace::text = 'app_dashboard'
      AND NOT relation.relname = ANY ($1))`;

test("every tenant table forces row-level security and has policies", async () => {
  const bare = `SELECT name FROM (${TENANT_TABLES}) t WHERE NOT (relrowsecurity AND relforcerowsecurity)
    OR NOT EXISTS (SELECT FROM pg_catalog.pg_policy WHERE polrelid = t.oid)`;
  expect(await names(bare, [WITHOUT_SHOP])).toEqual([]);
});

test("every tenant table's primary key begins with shop_id", async () => {
  const other = `SELECT name FROM (${TENANT_TABLES}) t WHERE NOT EXISTS (
    SELECT FROM pg_catalog.pg_index key
    JOIN pg_catalog.pg_attribute first ON first.attrelid = key.indrelid AND first.attnum = key.indkey[0]
    WHERE key.indrelid = t.oid AND key.indisprimary AND first.attname = 'shop_id')`;
  expect(await names(other, [WITHOUT_SHOP])).toEqual([]);
});

test("functions with their owner's rights belong to merit_dispatcher and fix their search_path", async () => {
  const loose = `
    SELECT oid::regprocedure::text AS name FROM pg_catalog.pg_proc
    WHERE prosecdef AND pronamespace::regnamespace::text <> 'pg_catalog' AND NOT (
      proowner = 'merit_dispatcher'::regrole AND proconfig @> ARRAY['search_path=""']
      AND NOT has_function_privilege('public', oid, 'EXECUTE'))`;
  // ANALYZE wants the tables' owner; this one answers nothing and takes nothing.
  expect(await names(loose)).toEqual(["core_warehouse.refresh_statistics()"]);
});

test("no role of ours can pass row-level security or log in as the dispatcher", async () => {
  const above = `
    SELECT DISTINCT login.rolname AS name FROM pg_catalog.pg_roles login
    JOIN pg_catalog.pg_roles reachable ON pg_has_role(login.oid, reachable.oid, 'MEMBER')
    WHERE pg_has_role(login.oid, 'merit_web', 'MEMBER') AND NOT login.rolsuper
      AND (reachable.rolsuper OR reachable.rolbypassrls OR reachable.rolname = 'merit_dispatcher')
      AND login.rolname NOT LIKE '%owner'
    UNION
    SELECT rolname FROM pg_catalog.pg_roles
    WHERE rolname IN ('merit_web', 'merit_worker', 'merit_dispatcher')
      AND (rolsuper OR rolbypassrls OR rolcanlogin)`;
  expect(await names(above)).toEqual([]);
});
