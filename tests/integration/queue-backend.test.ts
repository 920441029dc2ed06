import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { enqueueSync } from "~/jobs/enqueue.server";
import { createQueueBackend, type QueueBackend } from "~/jobs/queue-backend.server";
import { workerTenantDb } from "~/lib/tenant-db.server";
import { requestSync } from "~/sync/sync-jobs.server";
import { dispatchDue } from "../../workers/dispatcher";
import { createTestDatabase, seedShop, type TestDatabase } from "../harness/database";

vi.setConfig({ testTimeout: 30_000 });

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** CI gives both; without Redis the same tests run on Postgres alone, and say so by their names. */
const redisUrl = process.env.REDIS_URL_TEST;
const kinds = redisUrl ? (["postgres", "redis"] as const) : (["postgres"] as const);

describe.each(kinds)("the queue on %s", (kind) => {
  let backend: QueueBackend;
  beforeAll(() => {
    backend = createQueueBackend({
      redisUrl: kind === "redis" ? redisUrl : undefined,
      databaseUrl: database.urls.worker,
      prefix: `test-${randomUUID()}`,
    });
  });
  afterAll(() => backend.close());

  const job = (
    payload: unknown,
    more: Partial<{ id: string; delayMs: number; priority: number }> = {},
  ) => ({
    id: randomUUID(),
    payload,
    delayMs: 0,
    priority: 0,
    ...more,
  });

  it("is the one that was asked for", () => {
    expect(backend.kind).toBe(kind);
  });

  it("holds a job once under one id, and takes the id again after it ran", async () => {
    const name = `once-${randomUUID()}`;
    const queue = backend.queue(name);
    await queue.add(job("a", { id: "same" }));
    await queue.add(job("b", { id: "same" }));
    expect(await queue.size()).toBe(1);
    const seen: unknown[] = [];
    const worker = backend.worker(name, 1, async (payload) => {
      seen.push(payload);
    });
    await vi.waitFor(() => expect(seen).toEqual(["a"]), 10_000);
    await vi.waitFor(async () => expect(await queue.size()).toBe(0), 10_000);
    await queue.add(job("c", { id: "same" }));
    await vi.waitFor(() => expect(seen).toEqual(["a", "c"]), 10_000);
    await worker.close();
    await queue.close();
  });

  it("delivers by priority, lower first, and a delayed job not before its time", async () => {
    const name = `order-${randomUUID()}`;
    const queue = backend.queue(name);
    await queue.add(job("late", { delayMs: 1_500 }));
    await queue.add(job("tenth", { priority: 10 }));
    await queue.add(job("first", { priority: 1 }));
    const begun = Date.now();
    const seen: unknown[] = [];
    let lateAfter = 0;
    const worker = backend.worker(name, 1, async (payload) => {
      seen.push(payload);
      if (payload === "late") lateAfter = Date.now() - begun;
    });
    await vi.waitFor(() => expect(seen).toEqual(["first", "tenth", "late"]), 10_000);
    expect(lateAfter).toBeGreaterThan(1_000);
    await worker.close();
    await queue.close();
  });

  it("goes on after a job that throws, and forgets it", async () => {
    const name = `throws-${randomUUID()}`;
    const queue = backend.queue(name);
    const seen: unknown[] = [];
    const worker = backend.worker(name, 1, async (payload) => {
      seen.push(payload);
      if (payload === "bad") throw new Error("planned");
    });
    await queue.add(job("bad"));
    await queue.add(job("good"));
    await vi.waitFor(() => expect(seen).toEqual(["bad", "good"]), 10_000);
    await vi.waitFor(async () => expect(await queue.size()).toBe(0), 10_000);
    await worker.close();
    await queue.close();
  });

  it("waits at its close for what runs", async () => {
    const name = `drain-${randomUUID()}`;
    const queue = backend.queue(name);
    let state = "waiting";
    const worker = backend.worker(name, 1, async () => {
      state = "running";
      await new Promise((resolve) => setTimeout(resolve, 300));
      state = "ended";
    });
    await queue.add(job("x"));
    await vi.waitFor(() => expect(state).toBe("running"), 10_000);
    await worker.close();
    expect(state).toBe("ended");
    await queue.close();
  });

  it("can be emptied at any moment: what is due comes back from Postgres", async () => {
    const shopId = `${kind}-queue.myshopify.com`;
    await seedShop(database, shopId);
    const { jobId } = await workerTenantDb(database.worker, shopId).tx((tx) =>
      requestSync(tx, {
        shopId,
        platform: "SHOPIFY",
        jobType: "HISTORICAL_INIT",
        requestedBy: "test",
        priority: 1,
      }),
    );
    const queue = backend.queue(`lost-${randomUUID()}`);
    await enqueueSync({ shopId, jobId, priority: 1 }, queue);
    await queue.empty();
    expect(await queue.size()).toBe(0);
    await dispatchDue(database.worker, queue);
    await dispatchDue(database.worker, queue);
    expect(await queue.size()).toBe(1);
    await queue.close();
    await database.admin.query("DELETE FROM app_dashboard.sync_jobs");
  });
});
