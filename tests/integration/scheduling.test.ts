import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { tenantDb } from "~/lib/tenant-db.server";
import { PRIORITY } from "~/sync/priorities";
import { requestSync } from "~/sync/sync-jobs.server";
import { scheduleSyncs } from "../../workers/schedules";
import { createTestDatabase, seedShop, type TestDatabase } from "../harness/database";

const SHOP = "due.myshopify.com";
const OTHER = "other.myshopify.com";
const PACE = { maxStalenessMinutes: 15, passMinutes: 5 };

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  for (const shop of [SHOP, OTHER]) await seedShop(database, shop);
});
afterAll(() => database.drop());

const sql = (text: string, values: unknown[] = []) => database.admin.query(text, values);

/** SHOP is connected with Shopify, its history stands and was just checked; OTHER has no token. */
beforeEach(async () => {
  for (const table of ["sync_jobs", "sync_cursors", "sync_pauses", "shop_credentials"]) {
    await sql(`DELETE FROM app_dashboard.${table}`);
  }
  await sql("DELETE FROM app_dashboard.ad_accounts");
  await sql(
    `UPDATE app_dashboard.shops
     SET uninstalled_at = NULL, history_complete_at = now() - interval '1 day'`,
  );
  await connectAgain("SHOPIFY_OFFLINE");
  await ended({ minutesAgo: 0, jobType: "RECONCILE" });
  await sql("UPDATE app_dashboard.sync_jobs SET finished_at = now() - interval '1 second'");
});

/** A login of a moment ago: later than the jobs that `ended` makes, unless they ended just now. */
const connectAgain = (kind: "SHOPIFY_OFFLINE" | "META_USER", when = "now() - interval '1 day'") =>
  sql(
    `INSERT INTO app_dashboard.shop_credentials (shop_id, kind, key_id, updated_at)
     VALUES ($1, $2, 'test', ${when})
     ON CONFLICT (shop_id, kind) DO UPDATE SET updated_at = excluded.updated_at`,
    [SHOP, kind],
  );

interface Ended {
  minutesAgo: number;
  platform?: "SHOPIFY" | "META";
  jobType?: string;
  errorKind?: string;
  requestedBy?: string;
}
const ended = ({
  minutesAgo,
  platform = "SHOPIFY",
  jobType = "INCREMENTAL",
  errorKind,
  requestedBy = "test",
}: Ended) =>
  sql(
    `INSERT INTO app_dashboard.sync_jobs
       (shop_id, platform, job_type, status, requested_by, finished_at, error_kind)
     VALUES ($1, $2, $3, $4, $7, now() - make_interval(mins => $5), $6)`,
    [
      SHOP,
      platform,
      jobType,
      errorKind ? "FAILED" : "SUCCEEDED",
      minutesAgo,
      errorKind ?? null,
      requestedBy,
    ],
  );

async function connectMeta({ complete }: { complete: boolean }): Promise<void> {
  await connectAgain("META_USER");
  await sql(
    `INSERT INTO app_dashboard.ad_accounts
       (shop_id, ad_account_id, platform, currency, iana_timezone, selected)
     VALUES ($1, 'act_1', 'META', 'EUR', 'Europe/Berlin', true)`,
    [SHOP],
  );
  await sql(
    `INSERT INTO app_dashboard.sync_cursors (shop_id, platform, stream, detail)
     VALUES ($1, 'META', 'insights:act_1', $2)`,
    [SHOP, { covered_from: "2026-01-01", covered_to: "2026-02-01", complete }],
  );
}

/** What one pass queues, as `PLATFORM JOB_TYPE`. */
async function pass(): Promise<string[]> {
  await scheduleSyncs(database.worker, PACE);
  const { rows } = await sql(
    `SELECT platform || ' ' || job_type AS job FROM app_dashboard.sync_jobs
     WHERE requested_by = 'schedule' AND status = 'QUEUED' ORDER BY job`,
  );
  return rows.map(({ job }) => job);
}

describe("what is queued", () => {
  it("is what grew old, as a job of the schedule that may begin at once", async () => {
    await ended({ minutesAgo: 20 });
    expect(await pass()).toEqual(["SHOPIFY INCREMENTAL"]);
    const { rows } = await sql(
      `SELECT shop_id, priority, run_after <= now() AS at_once FROM app_dashboard.sync_jobs
       WHERE status = 'QUEUED'`,
    );
    expect(rows).toEqual([{ shop_id: SHOP, priority: PRIORITY.SCHEDULED, at_once: true }]);
    expect(await scheduleSyncs(database.worker, PACE)).toBe(0);
  });

  it("is what would be too old at the next pass, and not what is fresh until then", async () => {
    await ended({ minutesAgo: 11 });
    expect(await pass()).toEqual(["SHOPIFY INCREMENTAL"]);
    await sql("DELETE FROM app_dashboard.sync_jobs WHERE job_type <> 'RECONCILE'");
    await ended({ minutesAgo: 9 });
    expect(await pass()).toEqual([]);
  });

  it("is the check against Shopify's report, once what is new has been read", async () => {
    await sql("DELETE FROM app_dashboard.sync_jobs");
    await ended({ minutesAgo: 20 });
    expect(await pass()).toEqual(["SHOPIFY INCREMENTAL"]);
    await sql("DELETE FROM app_dashboard.sync_jobs");
    await ended({ minutesAgo: 1 });
    expect(await pass()).toEqual(["SHOPIFY RECONCILE"]);
    await sql("DELETE FROM app_dashboard.sync_jobs");
    // A check makes nothing fresh, nor does a run of webhooks look for what they do not tell.
    await ended({ minutesAgo: 20 });
    await ended({ minutesAgo: 1, jobType: "RECONCILE" });
    await ended({ minutesAgo: 1, requestedBy: "webhook" });
    expect(await pass()).toEqual(["SHOPIFY INCREMENTAL"]);
  });

  it("goes by the job that ended last, whatever lies behind it", async () => {
    await ended({ minutesAgo: 600, errorKind: "NEEDS_USER" });
    await ended({ minutesAgo: 300, errorKind: "STOPPED", jobType: "HISTORICAL_INIT" });
    await ended({ minutesAgo: 20 });
    expect(await pass()).toEqual(["SHOPIFY INCREMENTAL"]);
  });

  it("is the history while it does not stand", async () => {
    await sql("UPDATE app_dashboard.shops SET history_complete_at = NULL");
    await ended({ minutesAgo: 20, jobType: "HISTORICAL_INIT", errorKind: "RETRYABLE" });
    expect(await pass()).toEqual(["SHOPIFY HISTORICAL_INIT"]);
  });

  it("is Meta's as well, the history while it is not of every chosen ad account", async () => {
    await ended({ minutesAgo: 1 });
    await connectMeta({ complete: true });
    expect(await pass()).toEqual(["META INCREMENTAL"]);
    await sql("DELETE FROM app_dashboard.sync_jobs WHERE platform = 'META'");
    await sql(
      `INSERT INTO app_dashboard.ad_accounts
         (shop_id, ad_account_id, platform, currency, iana_timezone, selected)
       VALUES ($1, 'act_2', 'META', 'EUR', 'Europe/Berlin', true)`,
      [SHOP],
    );
    expect(await pass()).toEqual(["META HISTORICAL_INIT"]);
  });
});

describe("what rests, and how it resumes", () => {
  it.each([
    [
      "a shop that left",
      "UPDATE app_dashboard.shops SET uninstalled_at = now()",
      "UPDATE app_dashboard.shops SET uninstalled_at = NULL",
    ],
    [
      "a shop without a token",
      "UPDATE app_dashboard.shop_credentials SET kind = 'META_USER'",
      "UPDATE app_dashboard.shop_credentials SET kind = 'SHOPIFY_OFFLINE'",
    ],
    [
      "what a person paused",
      `INSERT INTO app_dashboard.sync_pauses (shop_id, platform, paused_by)
       VALUES ('${SHOP}', 'SHOPIFY', 'test')`,
      "DELETE FROM app_dashboard.sync_pauses",
    ],
    [
      "what is in flight",
      `INSERT INTO app_dashboard.sync_jobs
         (shop_id, platform, job_type, status, requested_by, lease_until)
       VALUES ('${SHOP}', 'SHOPIFY', 'HISTORICAL_REBUILD', 'IN_PROGRESS', 'test', now())`,
      "DELETE FROM app_dashboard.sync_jobs WHERE status = 'IN_PROGRESS'",
    ],
  ])("%s", async (_, rest, resume) => {
    await ended({ minutesAgo: 60 });
    await sql(rest);
    expect(await pass()).toEqual([]);
    await sql(resume);
    expect(await pass()).toEqual(["SHOPIFY INCREMENTAL"]);
  });

  it("a pause of one platform leaves the other alone", async () => {
    await connectMeta({ complete: true });
    await sql(
      `INSERT INTO app_dashboard.sync_pauses (shop_id, platform, paused_by)
       VALUES ($1, 'SHOPIFY', 'test')`,
      [SHOP],
    );
    expect(await pass()).toEqual(["META INCREMENTAL"]);
  });

  it.each(["SHOPIFY", "META"] as const)(
    "%s: what only a person can mend, until that person connected anew",
    async (platform) => {
      await connectMeta({ complete: true });
      const other = platform === "META" ? "SHOPIFY" : "META";
      await ended({ minutesAgo: 1, platform: other });
      await ended({ minutesAgo: 300, platform, errorKind: "NEEDS_USER" });
      expect(await pass()).toEqual([]);
      const kinds = { SHOPIFY: "SHOPIFY_OFFLINE", META: "META_USER" } as const;
      await connectAgain(kinds[other], "now()");
      expect(await pass()).toEqual([]);
      await connectAgain(kinds[platform], "now()");
      expect(await pass()).toEqual([`${platform} INCREMENTAL`]);
    },
  );

  it("Meta without a chosen ad account", async () => {
    await ended({ minutesAgo: 1 });
    await connectMeta({ complete: true });
    await sql("UPDATE app_dashboard.ad_accounts SET selected = false");
    expect(await pass()).toEqual([]);
  });

  it("a history that somebody canceled, until a person asks", async () => {
    await sql("UPDATE app_dashboard.shops SET history_complete_at = NULL");
    await ended({ minutesAgo: 300, jobType: "HISTORICAL_INIT", errorKind: "STOPPED" });
    expect(await pass()).toEqual([]);
    await ended({ minutesAgo: 20, jobType: "HISTORICAL_INIT", errorKind: "RETRYABLE" });
    expect(await pass()).toEqual(["SHOPIFY HISTORICAL_INIT"]);
  });
});

describe("several passes at once", () => {
  it("make one job for a connection between them", async () => {
    await connectMeta({ complete: true });
    const made = await Promise.all(
      Array.from({ length: 6 }, () => scheduleSyncs(database.worker, PACE)),
    );
    expect(made.reduce((sum, count) => sum + count, 0)).toBe(2);
    expect(await pass()).toEqual(["META INCREMENTAL", "SHOPIFY INCREMENTAL"]);
  });

  const queueAsRead = async (readAt: Date) => {
    const asked = {
      shop_id: SHOP,
      platform: "SHOPIFY",
      job_type: "INCREMENTAL",
      priority: PRIORITY.SCHEDULED,
      run_after: readAt,
      read_at: readAt,
    };
    const { rows } = await database.worker.pool.query(
      "SELECT * FROM app_dashboard.queue_due_syncs($1::jsonb)",
      [JSON.stringify([asked])],
    );
    return rows.length;
  };

  it.each([
    ["a job that another pass queued ran to its end", () => ended({ minutesAgo: 0 })],
    ["the shop left", () => sql("UPDATE app_dashboard.shops SET uninstalled_at = now()")],
    [
      "a person paused it",
      () =>
        sql(
          `INSERT INTO app_dashboard.sync_pauses (shop_id, platform, paused_by)
           VALUES ($1, 'SHOPIFY', 'test')`,
          [SHOP],
        ),
    ],
  ])("queue nothing when, since they looked, %s", async (_, happens) => {
    const { rows } = await sql("SELECT now() AS at");
    await happens();
    expect(await queueAsRead(rows[0].at)).toBe(0);
  });

  it("queue what they decided when nothing happened since", async () => {
    await ended({ minutesAgo: 20 });
    const { rows } = await sql("SELECT now() AS at");
    expect(await queueAsRead(rows[0].at)).toBe(1);
  });
});

describe("who asks for a sync while the schedule has one for later", () => {
  const queued = (startedAt: string) =>
    sql(
      `INSERT INTO app_dashboard.sync_jobs
         (shop_id, platform, job_type, requested_by, priority, run_after, started_at)
       VALUES ($1, 'SHOPIFY', 'INCREMENTAL', 'schedule', 60, now() + interval '4 minutes', ${startedAt})`,
      [SHOP],
    );
  const ask = () =>
    tenantDb(database.web, { kind: "shop", shopId: SHOP }).tx((tx) =>
      requestSync(tx, {
        shopId: SHOP,
        platform: "SHOPIFY",
        jobType: "HISTORICAL_REBUILD",
        requestedBy: "user:1",
        priority: PRIORITY.PERSON,
      }),
    );
  const jobs = async () => {
    const { rows } = await sql(
      `SELECT job_type, requested_by, priority, run_after <= now() AS at_once
       FROM app_dashboard.sync_jobs WHERE status = 'QUEUED'`,
    );
    return rows;
  };

  it("gets what they asked for, at once, in its place", async () => {
    await queued("NULL");
    const answers = await Promise.all([ask(), ask(), ask()]);
    expect(answers.filter(({ created }) => created)).toHaveLength(1);
    expect(new Set(answers.map(({ jobId }) => jobId)).size).toBe(1);
    expect(await jobs()).toEqual([
      { job_type: "HISTORICAL_REBUILD", requested_by: "user:1", priority: 0, at_once: true },
    ]);
  });

  it("leaves one alone that was begun and waits: the API may have asked for that", async () => {
    await queued("now()");
    expect(await ask()).toMatchObject({ created: false });
    expect(await jobs()).toEqual([
      { job_type: "INCREMENTAL", requested_by: "schedule", priority: 60, at_once: false },
    ]);
  });
});
