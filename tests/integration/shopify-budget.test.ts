import fc from "fast-check";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Urgency } from "~/lib/api-budget";
import { createDatabase, type Database } from "~/lib/db.server";
import { shopifyBudget } from "~/sync/shopify-budget.server";
import { createTestDatabase, type TestDatabase } from "../harness/database";

const SHOP = "bucket.myshopify.com";
/** Points a second so few that nothing comes back while a test runs. */
const STILL = 0.001;
let database: TestDatabase;
const others: Database[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await Promise.all(others.map((other) => other.close()));
  await database.drop();
});
beforeEach(() => bucketOf({ available: 2_000 }));
afterEach(() => database.admin.query("DELETE FROM app_dashboard.api_budgets"));

async function bucketOf({
  available,
  maximum = 2_000,
  rate = STILL,
}: {
  available: number;
  maximum?: number;
  rate?: number;
}): Promise<void> {
  await database.admin.query(
    `INSERT INTO app_dashboard.api_budgets (api, subject, available, maximum, restore_rate)
     VALUES ('SHOPIFY_ADMIN', $1, $2, $3, $4)
     ON CONFLICT (api, subject) DO UPDATE SET available = excluded.available,
       maximum = excluded.maximum, restore_rate = excluded.restore_rate, blocked_until = NULL,
       updated_at = clock_timestamp()`,
    [SHOP, available, maximum, rate],
  );
}

const budget = (pool = database.worker.pool) => shopifyBudget(pool, SHOP);
const take = (points: number, urgency: Urgency = "background", patienceMs = 0) =>
  budget().take({ points, urgency, patienceMs });

async function taken(points: number, urgency: Urgency = "background"): Promise<string> {
  const { call } = await take(points, urgency);
  if (call === null) throw new Error("nothing was taken");
  return call;
}

const told = (available: number) => ({ available, maximum: 2_000, restoreRate: STILL });

async function available(): Promise<number> {
  const { rows } = await database.admin.query<{ points: number }>(
    "SELECT available::float8 AS points FROM app_dashboard.api_budgets WHERE subject = $1",
    [SHOP],
  );
  return Math.round(rows[0]?.points ?? Number.NaN);
}

/** As if what the bucket and its calls saw last had been so long ago. */
async function later(interval: string): Promise<void> {
  await database.admin.query(
    `UPDATE app_dashboard.api_budgets SET updated_at = updated_at - $1::interval,
       blocked_until = blocked_until - $1::interval`,
    [interval],
  );
  await database.admin.query(
    "UPDATE app_dashboard.api_calls SET taken_at = taken_at - $1::interval, settled_at = settled_at - $1::interval",
    [interval],
  );
}

describe("taking points", () => {
  it("never takes more than the bucket holds, however many take at once", async () => {
    const pools = Array.from({ length: 4 }, () => {
      const other = createDatabase({
        url: database.urls.worker,
        poolSize: 5,
        applicationName: "taker",
      });
      others.push(other);
      return other.pool;
    });
    const wishes = Array.from({ length: 20 }, (_, n) => {
      const pool = pools[n % pools.length];
      return Array.from({ length: 5 }, () =>
        budget(pool).take({ points: 30, urgency: "person", patienceMs: 0 }),
      );
    });
    const answers = await Promise.all(wishes.flat());
    // 2,000 points are 66 calls of 30, and 20 points stay.
    expect(answers.filter(({ call }) => call !== null)).toHaveLength(66);
    expect(await available()).toBe(20);
  });

  it("refills by the database's clock, up to the maximum and no further", async () => {
    await bucketOf({ available: 0, rate: 100 });
    await database.admin.query(
      "UPDATE app_dashboard.api_budgets SET updated_at = updated_at - interval '5 seconds'",
    );
    expect(await take(500, "person")).toMatchObject({ waitMs: 0 });
    await later("1 hour");
    expect((await take(2_001 - 1, "person")).call).not.toBeNull();
    expect(await available()).toBe(0);
  });

  it("says how long to wait for the points, in milliseconds", async () => {
    await bucketOf({ available: 100, rate: 50 });
    const { call, waitMs } = await take(600, "person");
    expect(call).toBeNull();
    expect(waitMs).toBeGreaterThan(9_000);
    expect(waitMs).toBeLessThanOrEqual(10_000);
  });

  it("knows nothing of a shop at first: calls go out, together no more than the smallest plan allows", async () => {
    await database.admin.query("DELETE FROM app_dashboard.api_budgets");
    const answers = await Promise.all(Array.from({ length: 12 }, () => take(500)));
    expect(answers.filter(({ call }) => call !== null)).toHaveLength(3);
  });

  it("asks for no more than a small bucket can ever hold", async () => {
    await bucketOf({ available: 900, maximum: 900 });
    expect((await take(1_000)).waitMs).toBe(0);
  });
});

describe("what is kept for people and writes", () => {
  it("is a fifth of the bucket", async () => {
    const background = await Promise.all(Array.from({ length: 30 }, () => take(100)));
    expect(background.filter(({ call }) => call !== null)).toHaveLength(16);
    expect((await take(400, "person")).call).not.toBeNull();
    expect((await take(1, "person")).call).toBeNull();
  });

  it("never so much that a single query of 1,000 points could not be made", async () => {
    await bucketOf({ available: 1_100, maximum: 1_100 });
    expect((await take(1_000)).call).not.toBeNull();
  });

  it("a waiting person is first in line: small calls of others do not slip in", async () => {
    await bucketOf({ available: 450, rate: 100 });
    const person = await take(700, "person", 5_000);
    expect(person.call).not.toBeNull();
    expect(person.waitMs).toBeGreaterThan(2_000);
    expect((await take(10)).call).toBeNull();
  });
});

describe("what an answer tells", () => {
  it("gives back what a call took and did not cost", async () => {
    await budget().settle(await taken(700), { charged: 120, told: told(1_880) });
    expect(await available()).toBe(1_880);
  });

  it("is never exceeded: others called as well", async () => {
    await budget().settle(await taken(100), { charged: 100, told: told(300) });
    expect(await available()).toBe(300);
  });

  it("teaches another plan", async () => {
    const plus = { available: 19_900, maximum: 20_000, restoreRate: 1_000 };
    await budget().settle(await taken(100), { charged: 100, told: plus });
    expect(await available()).toBeGreaterThanOrEqual(19_900);
    const { rows } = await database.admin.query(
      "SELECT maximum::int, restore_rate::int FROM app_dashboard.api_budgets",
    );
    expect(rows).toEqual([{ maximum: 20_000, restore_rate: 1_000 }]);
  });

  it("does not know of a call that is still on its way", async () => {
    const [first] = [await taken(500), await taken(600)];
    // Shopify saw the first alone.
    await budget().settle(first, { charged: 500, told: told(1_500) });
    expect(await available()).toBe(900);
  });

  it("and comes too late to know of one that was answered meanwhile", async () => {
    const [first, second] = [await taken(500), await taken(600)];
    await budget().settle(second, { charged: 600, told: told(900) });
    await budget().settle(first, { charged: 500, told: told(1_500) });
    expect(await available()).toBe(900);
  });

  it("mends an account that lost points, also while calls go on", async () => {
    await taken(1_500);
    const lost = await take(400);
    expect(lost.call).toBeNull();
    await later("3 minutes");
    const next = await taken(50);
    await taken(40);
    await budget().settle(next, { charged: 50, told: told(1_950) });
    expect(await available()).toBe(1_910);
  });

  it("a call that nobody answered counts as charged", async () => {
    await budget().settle(await taken(500), { charged: null, told: null });
    expect(await available()).toBe(1_500);
    const { rows } = await database.admin.query("SELECT 1 FROM app_dashboard.api_calls");
    expect(rows.length).toBeLessThanOrEqual(1);
  });
});

describe("however calls and answers overtake each other", () => {
  /** A call on its way: taken, then charged by Shopify whole, then run, then heard of here. */
  interface Call {
    id: string;
    points: number;
    cost: number;
    stage: "taken" | "charged" | "run";
    told: number;
  }
  const step = fc.record({
    what: fc.constantFrom("take", "take", "on", "on", "on", "lose"),
    which: fc.nat(100),
    points: fc.integer({ min: 1, max: 1_000 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
  });

  it("Shopify never holds less than what was taken, and a quiet moment mends every loss", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 50 }), async (steps) => {
        await database.admin.query("DELETE FROM app_dashboard.api_budgets");
        await bucketOf({ available: 2_000 });
        let shopify = 2_000;
        const calls: Call[] = [];
        const forward = async (call: Call): Promise<void> => {
          if (call.stage === "taken") {
            shopify -= call.points;
            expect(shopify).toBeGreaterThanOrEqual(0);
            call.stage = "charged";
          } else if (call.stage === "charged") {
            shopify += call.points - call.cost;
            call.told = shopify;
            call.stage = "run";
          } else {
            calls.splice(calls.indexOf(call), 1);
            await budget().settle(call.id, { charged: call.cost, told: told(call.told) });
            expect(await available()).toBeLessThanOrEqual(call.told);
          }
        };
        for (const { what, which, points, share } of steps) {
          const call = calls[which % Math.max(1, calls.length)];
          if (what === "take") {
            const { call: id } = await take(points, "person");
            const cost = Math.floor(points * share);
            if (id) calls.push({ id, points, cost, stage: "taken", told: 0 });
          } else if (call && what === "on") await forward(call);
          else if (call) calls.splice(calls.indexOf(call), 1);
        }
        while (calls[0]) await forward(calls[0]);
        await later("3 minutes");
        const { call: last } = await take(1, "person");
        if (last) await budget().settle(last, { charged: 1, told: told(shopify - 1) });
        if (last) expect(await available()).toBe(shopify - 1);
      }),
      { numRuns: 60 },
    );
  });
});

it("too many calls: nobody calls before the time that Shopify named", async () => {
  await taken(10);
  await budget().block(30_000);
  const { call, waitMs } = await take(10, "person");
  expect(call).toBeNull();
  expect(waitMs).toBeGreaterThan(25_000);
  await later("31 seconds");
  expect((await take(10)).call).not.toBeNull();
});

it("the web's role sees neither buckets nor calls, and takes no points", async () => {
  const web = database.web.pool;
  await expect(web.query("SELECT 1 FROM app_dashboard.api_budgets")).rejects.toThrow(/permission/);
  await expect(web.query("SELECT 1 FROM app_dashboard.api_calls")).rejects.toThrow(/permission/);
  const asWeb = shopifyBudget(web, SHOP).take({ points: 1, urgency: "person", patienceMs: 0 });
  await expect(asWeb).rejects.toThrow(/permission/);
});
