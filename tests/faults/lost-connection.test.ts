import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { from as copyFrom } from "pg-copy-streams";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createDatabase } from "~/lib/db.server";
import { toJobError } from "~/lib/errors";
import { type WorkerTenantDb, workerTenantDb } from "~/lib/tenant-db.server";
import { createTestDatabase, seedShop, type TestDatabase } from "../harness/database";
import { CREDENTIAL_KEYS } from "../support/connected-shop";

// A lost connection is logged; this process has no other environment.
vi.mock("~/lib/env.server", async (original) => ({
  ...(await original<typeof import("~/lib/env.server")>()),
  env: () => ({ CREDENTIAL_KEYS, LOG_LEVEL: "silent" }),
}));

const SHOP = "cut.myshopify.com";

let database: TestDatabase;
let db: WorkerTenantDb;

beforeAll(async () => {
  database = await createTestDatabase();
  await seedShop(database, SHOP);
  db = workerTenantDb(database.worker, SHOP);
});
afterAll(() => database.drop());

/** Ends all of the worker's connections once one of them is in the state. */
async function cut(state: string): Promise<void> {
  await vi.waitFor(async () => {
    const { rowCount } = await database.admin.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND application_name = 'test-worker' AND state = $1`,
      [state],
    );
    expect(rowCount).toBeGreaterThan(0);
  });
}

/** Rows without an end, a few at a time. */
async function* endless(): AsyncGenerator<string> {
  for (let line = 1; ; line += 1) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    yield `${SHOP}\tgid\t${line}\t\\N\t\\N\t{}\n`;
  }
}

const WORK: Record<string, { state: string; work: () => Promise<unknown> }> = {
  "a query of a plain transaction": {
    state: "active",
    work: () => db.pgTx((client) => client.query("SELECT pg_sleep(30)")),
  },
  "a raw query of Prisma's": {
    state: "active",
    work: () => db.tx((tx) => tx.$queryRaw`SELECT pg_sleep(30)::text`),
  },
  "the pause between two statements of a plain transaction": {
    state: "idle in transaction",
    work: () =>
      db.pgTx(async (client) => {
        await client.query("SELECT 1");
        await cut("idle in transaction");
        await client.query("SELECT 1");
      }),
  },
  "the pause between two statements of Prisma's": {
    state: "idle in transaction",
    work: () =>
      db.tx(async (tx) => {
        await tx.shop.findMany();
        await cut("idle in transaction");
        await tx.shop.findMany();
      }),
  },
  "a file that is being copied": {
    state: "active",
    work: () =>
      db.pgTx((client) =>
        pipeline(
          Readable.from(endless()),
          client.query(
            copyFrom(
              "COPY bulk_load.lines (shop_id, operation_id, line_no, id, parent_id, body) FROM STDIN",
            ),
          ),
        ),
      ),
  },
};

describe("a connection that the database ends is an error that passes and leaves nothing behind, in", () => {
  it.each(Object.keys(WORK))("%s", async (name) => {
    const { state, work } = WORK[name] ?? expect.fail(name);
    const ended = work().then(
      () => expect.fail("it was not cut"),
      (error: unknown) => toJobError(error),
    );
    if (state === "active") await cut(state);
    expect(await ended).toMatchObject({ retryable: true });
    const { rows } = await db.pgTx((client) => client.query("SELECT 1 AS one"));
    expect(rows).toEqual([{ one: 1 }]);
    const { pool } = database.worker;
    await vi.waitFor(() => expect(pool.totalCount, "connections in use").toBe(pool.idleCount));
  });
});

it("a transaction that stands still is ended, and lets go of what it locked", async () => {
  const options = { url: database.urls.worker, poolSize: 1, applicationName: "still" };
  const still = createDatabase({ ...options, idleInTransactionMs: 200 });
  const stands = workerTenantDb(still, SHOP).pgTx(async (client) => {
    await client.query("SELECT 1 FROM app_dashboard.shops WHERE shop_id = $1 FOR UPDATE", [SHOP]);
    await vi.waitFor(async () => {
      const { rowCount } = await database.admin.query(
        "SELECT 1 FROM app_dashboard.shops WHERE shop_id = $1 FOR UPDATE SKIP LOCKED",
        [SHOP],
      );
      expect(rowCount).toBe(1);
    }, 10_000);
    await client.query("SELECT 1");
  });
  const error = await stands.catch(toJobError);
  expect(error).toMatchObject({ retryable: true });
  await still.close();
});
