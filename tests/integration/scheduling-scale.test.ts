import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { scheduleSyncs } from "../../workers/schedules";
import { createTestDatabase, type TestDatabase } from "../harness/database";

const SHOPS = 10_000;
/** Every fifth reads ads as well. */
const WITH_ADS = SHOPS / 5;
const ENDED_JOBS = 30;

interface PlanNode {
  "Node Type": string;
  "Relation Name"?: string | undefined;
  "Index Name"?: string | undefined;
  Plans?: PlanNode[] | undefined;
}
const planNode: z.ZodType<PlanNode> = z.object({
  "Node Type": z.string(),
  "Relation Name": z.string().optional(),
  "Index Name": z.string().optional(),
  get Plans() {
    return z.array(planNode).optional();
  },
});
const explained = z.tuple([z.object({ "QUERY PLAN": z.tuple([z.object({ Plan: planNode })]) })]);

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  const client = await database.admin.connect();
  try {
    // Checking 300,000 references one by one would take longer than all the rest.
    await client.query("SET session_replication_role = replica");
    await client.query(MANY_SHOPS);
    await client.query("SET session_replication_role = DEFAULT");
    await client.query("ANALYZE app_dashboard.shops, app_dashboard.shop_credentials");
    await client.query("ANALYZE app_dashboard.ad_accounts, app_dashboard.sync_cursors");
    await client.query("ANALYZE app_dashboard.sync_jobs, app_dashboard.sync_pauses");
  } finally {
    client.release();
  }
});
afterAll(() => database.drop());

/** Each shop's newest job ended 11 to 14 minutes ago, the one before it 15 minutes earlier, and so on. */
const MANY_SHOPS = `
  INSERT INTO app_dashboard.accounts (id, kind, name)
  VALUES ('00000000-0000-0000-0000-000000000001', 'AGENCY', 'Many shops');
  INSERT INTO app_dashboard.shops (shop_id, account_id, installed_at, history_complete_at)
  SELECT 'shop-' || n || '.myshopify.com', '00000000-0000-0000-0000-000000000001', now(), now()
  FROM generate_series(1, ${SHOPS}) n;
  INSERT INTO app_dashboard.shop_credentials (shop_id, kind, key_id)
  SELECT 'shop-' || n || '.myshopify.com', 'SHOPIFY_OFFLINE', 'test'
  FROM generate_series(1, ${SHOPS}) n
  UNION ALL
  SELECT 'shop-' || n || '.myshopify.com', 'META_USER', 'test'
  FROM generate_series(1, ${WITH_ADS}) n;
  INSERT INTO app_dashboard.ad_accounts
    (shop_id, ad_account_id, platform, currency, iana_timezone, selected)
  SELECT 'shop-' || n || '.myshopify.com', 'act_' || n, 'META', 'EUR', 'Europe/Berlin', true
  FROM generate_series(1, ${WITH_ADS}) n;
  INSERT INTO app_dashboard.sync_cursors (shop_id, platform, stream, detail)
  SELECT shop_id, platform, 'insights:' || ad_account_id, '{"complete": true}'
  FROM app_dashboard.ad_accounts;
  INSERT INTO app_dashboard.sync_jobs
    (shop_id, platform, job_type, status, requested_by, finished_at)
  SELECT connection.shop_id, connection.platform, 'INCREMENTAL', 'SUCCEEDED', 'schedule',
    now() - make_interval(mins => back * 15 + 11, secs => connection.n % 180)
  FROM (
    SELECT 'shop-' || n || '.myshopify.com' AS shop_id, 'SHOPIFY' AS platform, n
    FROM generate_series(1, ${SHOPS}) n
    UNION ALL
    SELECT 'shop-' || n || '.myshopify.com', 'META', n FROM generate_series(1, ${WITH_ADS}) n
  ) connection
  CROSS JOIN generate_series(0, ${ENDED_JOBS - 1}) back;`;

/** Every step of the plan of the function's own body, as its owner runs it. */
async function planOfConnections(): Promise<PlanNode[]> {
  const client = await database.admin.connect();
  try {
    await client.query("BEGIN");
    const { rows } = await client.query<{ body: string }>(
      `SELECT prosrc AS body FROM pg_catalog.pg_proc
       WHERE oid = 'app_dashboard.connections_to_schedule()'::regprocedure`,
    );
    await client.query("SET LOCAL ROLE merit_dispatcher");
    const plan = await client.query(`EXPLAIN (FORMAT JSON) ${rows[0]?.body}`);
    const [
      {
        "QUERY PLAN": [{ Plan }],
      },
    ] = explained.parse(plan.rows);
    return stepsOf(Plan);
  } finally {
    await client.query("ROLLBACK");
    client.release();
  }
}

const stepsOf = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(stepsOf)];

describe("10,000 shops", () => {
  it("are looked up through indexes of the jobs alone", async () => {
    const steps = await planOfConnections();
    const ofJobs = steps.filter((step) => step["Relation Name"] === "sync_jobs");
    expect(new Set(ofJobs.map((step) => step["Index Name"]))).toEqual(
      new Set([
        "sync_jobs_one_in_flight_key",
        "sync_jobs_reconciled_idx",
        "sync_jobs_shop_id_platform_finished_at_idx",
        "sync_jobs_succeeded_idx",
      ]),
    );
    expect(ofJobs.filter((step) => !/^Index (Only )?Scan/.test(step["Node Type"]))).toEqual([]);
  });

  it("are all decided upon in one pass, spread over it, and at rest in the next", async () => {
    const pace = { maxStalenessMinutes: 15, passMinutes: 5 };
    expect(await scheduleSyncs(database.worker, pace)).toBe(SHOPS + WITH_ADS);
    const { rows } = await database.admin.query(
      `SELECT platform, count(DISTINCT shop_id)::int AS shops,
         max(run_after) - min(run_after) BETWEEN interval '2 minutes' AND interval '5 minutes' AS spread
       FROM app_dashboard.sync_jobs WHERE status = 'QUEUED' GROUP BY platform ORDER BY platform`,
    );
    expect(rows).toEqual([
      { platform: "META", shops: WITH_ADS, spread: true },
      { platform: "SHOPIFY", shops: SHOPS, spread: true },
    ]);
    expect(await scheduleSyncs(database.worker, pace)).toBe(0);
  });
});
