import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { workerTenantDb } from "~/lib/tenant-db.server";
import { createTestDatabase, seedShop, type TestDatabase } from "../harness/database";
import { askForSync } from "../support/connected-shop";
import { startWorkerProcess, type WorkerProcess } from "../support/worker-process";
import { type Carrier, openCarrier } from "./carrier";

vi.setConfig({ testTimeout: 90_000 });

const kinds = process.env.REDIS_URL_TEST
  ? (["postgres", "redis"] as const)
  : (["postgres"] as const);
/** Far less than the minute that BullMQ takes of itself to miss a worker. */
const SOON = { timeout: 27_000, interval: 50 };

describe.each(kinds)("a job that the queue on %s has given to a worker", (kind) => {
  let database: TestDatabase;
  let carrier: Carrier;
  const workers: WorkerProcess[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
    carrier = await openCarrier(kind, database);
  });
  afterAll(async () => {
    await Promise.all(workers.map((worker) => worker.end("SIGKILL")));
    await carrier.close();
    await database.drop();
  });

  it("goes to another soon when that one dies before it could claim it", async () => {
    const shop = `taken-${kind}.myshopify.com`;
    await seedShop(database, shop);
    const start = () => {
      const worker = startWorkerProcess(database, "http://127.0.0.1:9", carrier.env);
      workers.push(worker);
      return worker;
    };
    // There is no Meta app here: whoever claims the job ends it at once.
    const jobId = await askForSync(workerTenantDb(database.worker, shop), "INCREMENTAL", "META");

    const holder = await database.admin.connect();
    await holder.query("BEGIN");
    await holder.query("SELECT 1 FROM app_dashboard.sync_jobs WHERE id = $1 FOR UPDATE", [jobId]);
    const victim = start();
    await vi.waitFor(async () => {
      const { rowCount } = await database.admin.query(
        `SELECT 1 FROM pg_stat_activity WHERE datname = current_database()
           AND wait_event_type = 'Lock' AND query LIKE '%lease_owner = $3%'`,
      );
      expect(rowCount, victim.output()).toBe(1);
    }, SOON);
    await victim.end("SIGKILL");
    await holder.query("ROLLBACK");
    holder.release();

    const survivor = start();
    await vi.waitFor(() => expect(survivor.output()).toContain("Worker started"), SOON);
    await vi.waitFor(async () => {
      const { rows } = await database.admin.query(
        "SELECT status, error ->> 'code' AS code FROM app_dashboard.sync_jobs WHERE id = $1",
        [jobId],
      );
      expect(rows).toEqual([{ status: "FAILED", code: "META_NOT_CONFIGURED" }]);
    }, SOON);
  });
});
