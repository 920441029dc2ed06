import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { syncShopJob } from "~/jobs/contracts";
import { enqueueSync } from "~/jobs/enqueue.server";
import type { JobQueue, QueueJob } from "~/jobs/queue-backend.server";
import { workerTenantDb } from "~/lib/tenant-db.server";
import { putBack, succeedJob } from "~/sync/job-endings.server";
import type { LeasedJob } from "~/sync/lease-guard.server";
import { claimJob } from "~/sync/leased-job.server";
import { PRIORITY } from "~/sync/priorities";
import { dispatchDue } from "../../workers/dispatcher";
import { createTestDatabase, seedShop, type TestDatabase } from "../harness/database";

const HUGE = "huge.myshopify.com";
const SMALL = Array.from(
  { length: 50 },
  (_, i) => `small-${String(i).padStart(2, "0")}.myshopify.com`,
);
/** What one turn of the huge one, and one small job, take. */
const TURN_SECONDS = 30;
const SMALL_SECONDS = 2;

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  for (const shop of [HUGE, ...SMALL]) await seedShop(database, shop);
});
afterAll(() => database.drop());
beforeEach(() => database.admin.query("DELETE FROM app_dashboard.sync_jobs"));

/** A queue as BullMQ's: an id once, lower priority first, then in the order of coming. */
class RecordingQueue implements JobQueue {
  jobs: QueueJob[] = [];
  deepest = 0;

  async add(job: QueueJob): Promise<void> {
    if (this.jobs.some(({ id }) => id === job.id)) return;
    this.jobs.push(job);
    this.jobs.sort((a, b) => a.priority - b.priority);
    this.deepest = Math.max(this.deepest, this.jobs.length);
  }
  async size() {
    return this.jobs.length;
  }
  async waiting(most: number) {
    return this.jobs.slice(0, most).map(({ id }) => id);
  }
  async empty() {
    this.jobs = [];
  }
  async close() {}
  /** The next delivery, as a worker takes it. */
  take() {
    const job = this.jobs.shift();
    return job && syncShopJob.schema.parse(job.payload);
  }
}

interface Asked {
  shop: string;
  platform?: "SHOPIFY" | "META";
  jobType?: string;
  priority?: number;
  /** How long its time has come. */
  dueSeconds?: number;
  status?: "QUEUED" | "IN_PROGRESS";
}

async function ask(asked: Asked): Promise<string> {
  const { shop, platform = "SHOPIFY", jobType = "INCREMENTAL", status = "QUEUED" } = asked;
  const { priority = PRIORITY.SCHEDULED, dueSeconds = 0 } = asked;
  const { rows } = await database.admin.query<{ id: string }>(
    `INSERT INTO app_dashboard.sync_jobs
       (shop_id, platform, job_type, requested_by, priority, status, run_after)
     VALUES ($1, $2, $3, 'test', $4, $5, now() - make_interval(secs => $6)) RETURNING id`,
    [shop, platform, jobType, priority, status, dueSeconds],
  );
  return rows[0]?.id ?? "";
}

/** Lets time go by for every job, instead of waiting. */
const pass = (seconds: number) =>
  database.admin.query(
    "UPDATE app_dashboard.sync_jobs SET run_after = run_after - make_interval(secs => $1)",
    [seconds],
  );

/** One worker with one slot: takes a delivery, works, lets the time pass that it took. */
async function workOnce(queue: RecordingQueue): Promise<string | null> {
  await dispatchDue(database.worker, queue);
  for (let delivery = queue.take(); delivery; delivery = queue.take()) {
    const db = workerTenantDb(database.worker, delivery.shopId);
    const owner = randomUUID();
    const job = await claimJob(db, { jobId: delivery.jobId, owner, leaseSeconds: 60 });
    if (!job) continue;
    await end(job);
    return delivery.shopId;
  }
  return null;
}

async function end(job: LeasedJob): Promise<void> {
  const db = workerTenantDb(database.worker, job.shopId);
  if (job.shopId === HUGE) {
    await pass(TURN_SECONDS);
    await putBack(db, job, new Date(), PRIORITY.LONG);
  } else {
    await pass(SMALL_SECONDS);
    await db.pgTx((client) => succeedJob(client, job));
  }
}

/** The shops in the order in which their jobs are brought to an empty queue. */
async function order(): Promise<string[]> {
  const queue = new RecordingQueue();
  await dispatchDue(database.worker, queue);
  return queue.jobs.map(({ payload }) => syncShopJob.schema.parse(payload).shopId);
}

describe("a shop with a huge backfill and 50 small ones, one slot for all", () => {
  it("delays none of them by more than one turn", async () => {
    await ask({ shop: HUGE, jobType: "HISTORICAL_INIT", priority: PRIORITY.PERSON, dueSeconds: 1 });
    for (const shop of SMALL) await ask({ shop });
    const queue = new RecordingQueue();
    const done: (string | null)[] = [];
    for (let turn = 0; turn < 53; turn += 1) done.push(await workOnce(queue));
    expect(done[0]).toBe(HUGE);
    expect(done.slice(1, 51).sort()).toEqual(SMALL);
    expect(done.slice(51)).toEqual([HUGE, HUGE]);
  });

  it("still has its turns when small ones never cease to come", async () => {
    await ask({ shop: HUGE, jobType: "HISTORICAL_INIT", priority: PRIORITY.PERSON, dueSeconds: 1 });
    const queue = new RecordingQueue();
    const done: (string | null)[] = [];
    // Each small shop wants a job again at once: there is always work for more than one slot.
    for (let turn = 0; turn < 400; turn += 1) {
      await database.admin.query(
        `INSERT INTO app_dashboard.sync_jobs (shop_id, platform, job_type, requested_by, priority)
         SELECT shop_id, 'SHOPIFY', 'INCREMENTAL', 'test', $1 FROM app_dashboard.shops
         WHERE shop_id LIKE 'small-%'
         ON CONFLICT (shop_id, platform) WHERE status IN ('QUEUED', 'IN_PROGRESS') DO NOTHING`,
        [PRIORITY.SCHEDULED],
      );
      done.push(await workOnce(queue));
    }
    const turns = done.flatMap((shop, index) => (shop === HUGE ? [index] : []));
    expect(turns.length).toBeGreaterThan(4);
    const between = turns.slice(1).map((turn, index) => turn - (turns[index] ?? 0));
    // At its return 50 stand before it, and those that come within the minute of its head start.
    expect(Math.max(...between)).toBeLessThanOrEqual(50 + 60 / SMALL_SECONDS + 1);
    expect(queue.deepest).toBeLessThanOrEqual(64);
    for (const shop of SMALL) expect(done.filter((one) => one === shop).length).toBeGreaterThan(4);
  });
});

describe("the order", () => {
  it("takes the earliest deadline: a person's before scheduled ones, those before a long job's turn", async () => {
    await ask({ shop: "small-00.myshopify.com", priority: PRIORITY.LONG, dueSeconds: 50 });
    await ask({ shop: "small-01.myshopify.com", priority: PRIORITY.SCHEDULED, dueSeconds: 40 });
    await ask({ shop: "small-02.myshopify.com", priority: PRIORITY.PERSON, dueSeconds: 1 });
    expect(await order()).toEqual([2, 1, 0].map((i) => SMALL[i]));
  });

  it("lets nobody wait for ever: who waited longer than the head start goes first", async () => {
    await ask({ shop: "small-00.myshopify.com", priority: PRIORITY.LONG, dueSeconds: 121 });
    await ask({ shop: "small-01.myshopify.com", priority: PRIORITY.SCHEDULED, dueSeconds: 61 });
    await ask({ shop: "small-02.myshopify.com", priority: PRIORITY.PERSON });
    expect(await order()).toEqual([0, 1, 2].map((i) => SMALL[i]));
  });

  it("gives a shop's second job a place after every other shop's first", async () => {
    await ask({ shop: HUGE, dueSeconds: 9 });
    await ask({ shop: HUGE, platform: "META", dueSeconds: 8 });
    await ask({ shop: "small-00.myshopify.com", dueSeconds: 7 });
    await ask({ shop: "small-01.myshopify.com", dueSeconds: 1 });
    expect(await order()).toEqual([HUGE, SMALL[0], SMALL[1], HUGE]);
  });

  it("counts what runs: a shop with a running job has its place after shops with none", async () => {
    await ask({ shop: HUGE, platform: "META", status: "IN_PROGRESS" });
    await ask({ shop: HUGE, dueSeconds: 9 });
    await ask({ shop: "small-00.myshopify.com", dueSeconds: 1 });
    expect(await order()).toEqual([SMALL[0], HUGE]);
  });

  it("brings no more of a shop than its share, those that run included", async () => {
    await ask({ shop: HUGE, platform: "META", status: "IN_PROGRESS" });
    await ask({ shop: HUGE });
    await ask({ shop: SMALL[0] ?? "", dueSeconds: 0 });
    await ask({ shop: SMALL[0] ?? "", platform: "META" });
    const brought = async (perShop: number) => {
      const { rows } = await database.worker.pool.query(
        "SELECT shop_id FROM app_dashboard.jobs_to_dispatch(64, $1)",
        [perShop],
      );
      return rows.map(({ shop_id }) => shop_id);
    };
    expect(await brought(1)).toEqual([SMALL[0]]);
    expect((await brought(2)).sort()).toEqual([HUGE, SMALL[0], SMALL[0]]);
  });

  it("is the same each time", async () => {
    for (const shop of SMALL) await ask({ shop });
    await database.admin.query("UPDATE app_dashboard.sync_jobs SET run_after = now()");
    const first = await order();
    expect(first).toHaveLength(50);
    for (let again = 0; again < 3; again += 1) expect(await order()).toEqual(first);
  });

  it("brings nothing before its time", async () => {
    await ask({ shop: HUGE, dueSeconds: -5 });
    expect(await order()).toEqual([]);
  });
});

describe("the queue holds little", () => {
  const MANY = Array.from({ length: 100 }, (_, i) => `many-${i}.myshopify.com`);

  it("takes as much as there is room, a turn once, and the rest waits in Postgres", async () => {
    for (const shop of MANY) {
      await seedShop(database, shop);
      await ask({ shop });
    }
    const queue = new RecordingQueue();
    await dispatchDue(database.worker, queue);
    expect(queue.jobs).toHaveLength(64);
    expect(await dispatchDue(database.worker, queue)).toBe(64);
    expect(queue.jobs).toHaveLength(64);
    await workOnce(queue);
    await dispatchDue(database.worker, queue);
    expect(queue.jobs).toHaveLength(64);
    await database.admin.query("DELETE FROM app_dashboard.shops WHERE shop_id LIKE 'many-%'");
  });

  it("lets a person's request go to its front, whatever stands there", async () => {
    for (const shop of SMALL) await ask({ shop, dueSeconds: 100 });
    const queue = new RecordingQueue();
    await dispatchDue(database.worker, queue);
    const jobId = await ask({ shop: HUGE, priority: PRIORITY.PERSON });
    await enqueueSync({ shopId: HUGE, jobId, priority: PRIORITY.PERSON }, queue);
    expect(await workOnce(queue)).toBe(HUGE);
  });

  it("tells who waits for a slot: not what it was just told of, nor what runs", async () => {
    const queue = new RecordingQueue();
    await ask({ shop: HUGE, status: "IN_PROGRESS" });
    expect(await dispatchDue(database.worker, queue)).toBe(0);
    await ask({ shop: SMALL[0] ?? "" });
    expect(await dispatchDue(database.worker, queue)).toBe(0);
    expect(await dispatchDue(database.worker, queue)).toBe(1);
    await workOnce(queue);
    expect(await dispatchDue(database.worker, queue)).toBe(0);
  });
});
