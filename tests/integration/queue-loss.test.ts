import { randomUUID } from "node:crypto";
import { Redis } from "ioredis";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { syncShopJob } from "~/jobs/contracts";
import { enqueueSync } from "~/jobs/enqueue.server";
import { createQueueBackend, type JobQueue, type QueueBackend } from "~/jobs/queue-backend.server";
import { createLogger } from "~/lib/logger.server";
import { createOutgoingFetch } from "~/lib/outgoing.server";
import { type WorkerTenantDb, workerTenantDb } from "~/lib/tenant-db.server";
import { syncStatus } from "~/sync/freshness.server";
import { putBack, succeedJob } from "~/sync/job-endings.server";
import type { LeasedJob } from "~/sync/lease-guard.server";
import { claimJob } from "~/sync/leased-job.server";
import type { ShopifySimulator } from "../../simulators/shopify/options";
import { startShopifySimulator } from "../../simulators/shopify/server";
import { dispatchDue } from "../../workers/dispatcher";
import { type RunningWorker, startWorker } from "../../workers/worker";
import { createTestDatabase, seedShop, type TestDatabase } from "../harness/database";
import {
  API_KEY,
  API_SECRET,
  askForSync,
  CREDENTIAL_KEYS,
  connectShop,
} from "../support/connected-shop";

vi.setConfig({ testTimeout: 120_000 });
// Credentials are opened with the process's keys; this process has no other environment.
vi.mock("~/lib/env.server", async (original) => ({
  ...(await original<typeof import("~/lib/env.server")>()),
  env: () => ({ CREDENTIAL_KEYS, LOG_LEVEL: "silent" }),
}));

/** CI gives both; without Redis the same tests run on Postgres alone, and say so by their names. */
const redisUrl = process.env.REDIS_URL_TEST;
const kinds = redisUrl ? (["postgres", "redis"] as const) : (["postgres"] as const);
/** Where BullMQ keeps jobs in Postgres; its other tables say how the schema stands. */
const JOB_TABLES = ["job", "job_dependency", "job_log", "event", "dedup", "dedup_next", "meta"];
const ORDERS = 400;
const SOON = { timeout: 30_000 };

let database: TestDatabase;
let simulator: ShopifySimulator;

beforeAll(async () => {
  database = await createTestDatabase();
  simulator = await startShopifySimulator({
    port: 0,
    apiKey: API_KEY,
    apiSecret: API_SECRET,
    appUrl: "http://127.0.0.1:9",
    stores: kinds.map((kind, index) => ({
      kind: "generated" as const,
      options: {
        seed: 60 + index,
        orders: ORDERS,
        days: 60,
        now: new Date(),
        domain: `whole-${kind}.myshopify.com`,
        plan: "plus",
        currency: "EUR",
        ianaTimezone: "Europe/Berlin",
      },
    })),
  });
});
afterAll(async () => {
  await simulator.stop();
  await database.drop();
});
beforeEach(() => database.admin.query("DELETE FROM app_dashboard.sync_jobs"));

describe.each(kinds)("the work on %s", (kind) => {
  const prefix = `test-${randomUUID()}`;
  const open = () =>
    createQueueBackend({
      redisUrl: kind === "redis" ? redisUrl : undefined,
      databaseUrl: database.urls.worker,
      prefix,
    });
  const shop = `${kind}-loss.myshopify.com`;
  const other = `${kind}-other.myshopify.com`;
  const name = `loss-${randomUUID()}`;
  let backend: QueueBackend;
  let queue: JobQueue;
  let db: WorkerTenantDb;

  beforeAll(async () => {
    await seedShop(database, shop);
    await seedShop(database, other);
    backend = open();
    queue = backend.queue(name);
    db = workerTenantDb(database.worker, shop);
  });
  afterAll(async () => {
    await queue.close();
    await backend.close();
  });

  /** All of the queue is gone at once, also what workers hold of it at this moment. */
  async function lose(): Promise<void> {
    if (kind === "postgres") {
      await database.admin.query(`TRUNCATE ${JOB_TABLES.map((t) => `bullmq.${t}`).join(", ")}`);
      return;
    }
    const redis = new Redis(redisUrl ?? "");
    const keys = await redis.keys(`${prefix}:*`);
    if (keys.length > 0) await redis.del(...keys);
    redis.disconnect();
  }

  /** A worker that claims what it is brought and calls `work` with what it got. */
  const claiming = (work: (job: LeasedJob) => Promise<void>, on: QueueBackend = backend) =>
    on.worker(name, 2, async (payload) => {
      const { shopId, jobId } = syncShopJob.schema.parse(payload);
      const owner = randomUUID();
      const handle = workerTenantDb(database.worker, shopId);
      const job = await claimJob(handle, { jobId, owner, leaseSeconds: 60 });
      if (job) await work(job);
    });
  const end = (job: LeasedJob) =>
    workerTenantDb(database.worker, job.shopId).pgTx((client) => succeedJob(client, job));
  const statuses = async () =>
    // Without the check that follows a history by itself.
    (
      await database.admin.query(
        "SELECT status FROM app_dashboard.sync_jobs WHERE job_type <> 'RECONCILE' ORDER BY created_at",
      )
    ).rows.map(({ status }) => status);

  it("tells which turns only wait for a worker", async () => {
    const add = (id: string, priority: number, delayMs = 0) =>
      queue.add({ id, payload: {}, delayMs, priority });
    await add("second", 1);
    await add("third", 1);
    await add("first", 0);
    await add("later", 1, 60_000);
    expect((await queue.waiting(10)).sort()).toEqual(["first", "second", "third"]);
    expect(await queue.waiting(2)).toHaveLength(2);
    await lose();
    expect(await queue.waiting(10)).toEqual([]);
  });

  it("gives a job to one of two workers that are brought it at once", async () => {
    const claims: string[] = [];
    const second = open();
    const workers = [backend, second].map((on) =>
      claiming(async (job) => {
        claims.push(job.jobId);
        await new Promise((resolve) => setTimeout(resolve, 100));
        await end(job);
      }, on),
    );
    const jobs: string[] = [];
    for (let round = 0; round < 5; round += 1) {
      const jobId = await askForSync(db, "INCREMENTAL");
      jobs.push(jobId);
      // As web, webhook and dispatcher may do it in the same moment.
      await Promise.all([
        enqueueSync({ shopId: shop, jobId, priority: 0 }, queue),
        enqueueSync({ shopId: shop, jobId, turn: new Date() }, queue),
        enqueueSync({ shopId: shop, jobId, turn: new Date(1) }, queue),
        dispatchDue(database.worker, queue),
      ]);
      await vi.waitFor(async () => expect((await statuses()).at(-1)).toBe("SUCCEEDED"), SOON);
    }
    await vi.waitFor(async () => expect(await queue.size()).toBe(0), SOON);
    expect(claims).toEqual(jobs);
    await Promise.all(workers.map((worker) => worker.close()));
    await second.close();
  });

  it("goes on when the queue is lost under a job that runs, which is not done twice", async () => {
    const claims: string[] = [];
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const worker = claiming(async (job) => {
      claims.push(job.shopId);
      if (job.shopId === shop) await gate;
      await end(job);
    });
    await askForSync(db, "INCREMENTAL");
    await dispatchDue(database.worker, queue);
    await vi.waitFor(() => expect(claims).toEqual([shop]), SOON);
    await lose();
    // What waited is gone as well; the next tick brings it, and not what runs.
    await askForSync(workerTenantDb(database.worker, other), "INCREMENTAL");
    await dispatchDue(database.worker, queue);
    await vi.waitFor(
      async () => expect(await statuses()).toEqual(["IN_PROGRESS", "SUCCEEDED"]),
      SOON,
    );
    release();
    await vi.waitFor(
      async () => expect(await statuses()).toEqual(["SUCCEEDED", "SUCCEEDED"]),
      SOON,
    );
    expect(await dispatchDue(database.worker, queue)).toBe(0);
    expect(claims).toEqual([shop, other]);
    await worker.close();
  });

  it("takes a delayed turn at its time, once, also when the queue lost it", async () => {
    const claims: Date[] = [];
    const worker = claiming(async (job) => {
      claims.push(new Date());
      await end(job);
    });
    for (const lost of [false, true]) {
      const jobId = await askForSync(db, "INCREMENTAL");
      const owner = randomUUID();
      const job = await claimJob(db, { jobId, owner, leaseSeconds: 60 });
      if (!job) throw new Error("not claimed");
      const turn = new Date(Date.now() + 1_500);
      await putBack(db, job, turn);
      await enqueueSync({ shopId: shop, jobId, turn, delayMs: 1_500 }, queue);
      if (lost) await lose();
      // Brought too early by somebody: nothing is there to be taken.
      await enqueueSync({ shopId: shop, jobId, priority: 0 }, queue);
      await vi.waitFor(async () => {
        await dispatchDue(database.worker, queue);
        expect((await statuses()).at(-1)).toBe("SUCCEEDED");
      }, SOON);
      expect(claims.at(-1)?.getTime()).toBeGreaterThan(turn.getTime() - 300);
    }
    expect(claims).toHaveLength(2);
    await worker.close();
  });

  describe("a whole worker", () => {
    const whole = `whole-${kind}.myshopify.com`;
    let handle: WorkerTenantDb;
    const running: RunningWorker[] = [];
    const start = () => {
      const fetch = createOutgoingFetch(simulator.origin);
      const worker = startWorker({
        database: database.worker,
        backend: open(),
        access: { clientId: API_KEY, clientSecret: API_SECRET, fetch },
        meta: null,
        concurrency: 2,
        leaseSeconds: 30,
        maxStalenessMinutes: 15,
        log: createLogger({ level: "silent" }),
      });
      running.push(worker);
      return worker;
    };
    const stopAll = () => Promise.all(running.splice(0).map((worker) => worker.stop()));

    beforeAll(async () => {
      handle = await connectShop({
        simulator,
        database,
        shop: whole,
        currency: "EUR",
        zone: "Europe/Berlin",
      });
    });
    afterAll(async () => {
      await stopAll();
      // Else the other kind's workers would keep it up to date as well.
      await database.admin.query(
        "UPDATE app_dashboard.shops SET uninstalled_at = now() WHERE shop_id = $1",
        [whole],
      );
    });

    it("gives back what it works on when it is told to end", async () => {
      await askForSync(handle, "HISTORICAL_INIT");
      const worker = start();
      await vi.waitFor(async () => expect(await statuses()).toEqual(["IN_PROGRESS"]), {
        ...SOON,
        interval: 2,
      });
      running.splice(0);
      await worker.stop();
      const { rows } = await database.admin.query(
        "SELECT status, lease_owner, attempts FROM app_dashboard.sync_jobs",
      );
      expect(rows).toEqual([{ status: "QUEUED", lease_owner: null, attempts: 0 }]);
    });

    it("brings a history to its end while the queue is lost again and again", async () => {
      await askForSync(handle, "HISTORICAL_INIT");
      start();
      start();
      let losses = 0;
      await vi.waitFor(
        async () => {
          await lose();
          losses += 1;
          expect((await syncStatus(handle, whole)).lastSuccessAt).not.toBeNull();
        },
        { timeout: 90_000, interval: 400 },
      );
      expect(losses).toBeGreaterThan(2);
      const { rows } = await database.admin.query(
        "SELECT count(*)::int AS orders FROM core_warehouse.orders WHERE shop_id = $1",
        [whole],
      );
      expect(rows).toEqual([{ orders: ORDERS }]);
      expect(await statuses()).toEqual(["SUCCEEDED"]);
      await stopAll();
    });
  });
});
