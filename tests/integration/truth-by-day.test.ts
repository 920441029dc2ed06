import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { type WorkerTenantDb, workerTenantDb } from "~/lib/tenant-db.server";
import { shopDay } from "~/lib/time";
import type { ShopMetrics } from "~/metrics/schema";
import { shopMetrics } from "~/metrics/shop-metrics.server";
import { loadOrders } from "~/warehouse/load-orders.server";
import { markOrdersDeleted } from "~/warehouse/mark-orders-deleted.server";
import { rollupDays } from "~/warehouse/rollups/rollup-days.server";
import { answerSalesQuery } from "../../simulators/shopify/shopifyql/answer";
import { dailySales } from "../../simulators/shopify/shopifyql/daily-sales";
import { generateStore, type OrderNode, type SimStore } from "../../simulators/shopify/store";
import { ZoneDays } from "../../simulators/shopify/store/zone-days";
import { createTestDatabase, seedShop, type TestDatabase } from "../harness/database";
import { expectSameFigures } from "../harness/same-figures";
import { countKinds, type KindOrder } from "../independent/kinds-of-order";
import { answeredDay, reportedDay, reportQuestion } from "../independent/report-by-day";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const NOW = new Date("2026-11-20T12:00:00Z");
const ORDERS = 1_500;
const DELETED = 12;

const ABROAD = "paid in another currency than the shop's";
const WITHOUT_CHANGES = [
  "within the hour of the change to summer time",
  "within the hour of the change to winter time",
];

interface Shop {
  seed: number;
  currency: string;
  zone: string;
  /** Kinds of order that a shop of this sort cannot have; all the others are in it. */
  lacks: string[];
}

const SHOPS: Shop[] = [
  { seed: 1, currency: "USD", zone: "America/New_York", lacks: ["tax in the price"] },
  { seed: 2, currency: "EUR", zone: "Europe/Berlin", lacks: ["tax on top", ABROAD] },
  {
    seed: 3,
    currency: "JPY",
    zone: "Asia/Tokyo",
    lacks: ["tax on top", ABROAD, ...WITHOUT_CHANGES],
  },
  { seed: 4, currency: "AUD", zone: "Australia/Sydney", lacks: ["tax on top", ABROAD] },
  // The clock changes at midnight: one day has no first hour, and one ends with 23 o'clock twice.
  { seed: 5, currency: "CLP", zone: "America/Santiago", lacks: ["tax in the price", ABROAD] },
  { seed: 6, currency: "USD", zone: "Europe/London", lacks: ["tax in the price"] },
];

describe("every metric of every day", () => {
  it.each(SHOPS)(
    "seed $seed, $currency, $zone: equals an independent computation over the truth, and Shopify's own report",
    async (shop) => {
      const store = storeOf(shop);
      const kinds = countKinds(ordersOf(store) as unknown as KindOrder[], shop.zone);
      const lacking = Object.keys(kinds).filter((kind) => kinds[kind] === 0);
      expect(lacking.sort()).toEqual([...shop.lacks].sort());

      const db = await seededShop(store);
      const shopId = db.shopId;
      await db.pgTx(async (client) => {
        await loadOrders(client, shopId, ordersOf(store), "PAGE", { trackDays: false });
        await rollupDays(client, shopId, "all");
        const days = await markOrdersDeleted(client, shopId, deleteSome(store), NOW);
        await rollupDays(client, shopId, days);
      });
      const metrics = await metricsOf(db, store);
      expect(metrics.daily.length).toBeGreaterThan(390);
      expectSameFigures(metrics, ordersOf(store));
      await expectSameReport(metrics, store);
    },
    60_000,
  );
});

function storeOf({ seed, currency, zone }: Omit<Shop, "lacks">): SimStore {
  return generateStore({
    seed,
    orders: ORDERS,
    days: 400,
    now: NOW,
    domain: `truth-${seed}.myshopify.com`,
    plan: "plus",
    currency,
    ianaTimezone: zone,
    corners: true,
    unknownRows: true,
  });
}

function ordersOf(store: SimStore): OrderNode[] {
  return store.heads.map(({ id }) => store.node(id)).filter((node) => node !== null);
}

/** Every so many orders one goes, as if it had never been. Answers their ids. */
function deleteSome(store: SimStore): string[] {
  const step = Math.floor(store.heads.length / DELETED);
  const gone = store.heads.filter((_, n) => n % step === 7).map(({ id }) => id);
  for (const id of gone) store.records?.remove(id);
  expect(gone.length).toBeGreaterThanOrEqual(DELETED);
  return gone.map(String);
}

async function seededShop({ shop }: SimStore): Promise<WorkerTenantDb> {
  const { domain, currency, ianaTimezone: zone } = shop;
  await seedShop(database, domain, { currency, zone });
  await database.admin.query(
    "UPDATE app_dashboard.shops SET history_complete_at = now(), scopes = 'read_orders,read_all_orders' WHERE shop_id = $1",
    [domain],
  );
  return workerTenantDb(database.worker, domain);
}

/** Over every day on which anything happened. */
async function metricsOf(db: WorkerTenantDb, store: SimStore): Promise<ShopMetrics> {
  const { firstEventAt, lastEventAt } = store.summary();
  const metrics = await shopMetrics(db, {
    shopId: db.shopId,
    from: shopDay(new Date(firstEventAt ?? NOW), store.shop.ianaTimezone),
    to: shopDay(new Date(lastEventAt ?? NOW), store.shop.ianaTimezone),
  });
  if (!metrics) throw new Error("no metrics");
  return metrics;
}

const answerSchema = z.object({
  parseErrors: z.array(z.string()).length(0),
  tableData: z.object({ rows: z.array(z.record(z.string(), z.unknown())) }),
});

/** Holds the answer against the stand-in's `shopifyqlQuery`, which reads its own records. */
async function expectSameReport(metrics: ShopMetrics, store: SimStore): Promise<void> {
  const days = await dailySales(store);
  if (!days) throw new Error("the store has no records");
  const { currency, ianaTimezone } = store.shop;
  const today = new ZoneDays(ianaTimezone).day(NOW.getTime());
  const question = reportQuestion(metrics.from, metrics.to);
  const answer = answerSalesQuery(question, "2026-01", { days, currency, today });
  const { rows } = answerSchema.parse(answer).tableData;
  expect(rows.length).toBeGreaterThan(300);
  for (const { date, ...values } of metrics.daily) {
    expect(answeredDay(values), date).toEqual(reportedDay(rows, date));
  }
}
