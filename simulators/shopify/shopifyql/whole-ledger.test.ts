import { expect, test } from "vitest";
import { generateStore } from "../store/generate";
import { ledgerTotal } from "../store/orders/draft";
import { answerSalesQuery } from "./answer";
import { addSums, COLUMNS, noSales } from "./columns";
import { dailySales } from "./daily-sales";

const CASES = [
  { seed: 1, currency: "USD", ianaTimezone: "America/New_York" },
  { seed: 2, currency: "EUR", ianaTimezone: "Europe/Berlin" },
  { seed: 3, currency: "JPY", ianaTimezone: "Australia/Sydney" },
];

test.each(CASES)("days of $currency add up to the ledgers, cent by cent", async (options) => {
  const store = generateStore({
    ...options,
    orders: 600,
    days: 400,
    now: new Date("2026-11-20T12:00:00Z"),
    domain: "sums.myshopify.com",
    plan: "plus",
  });
  const days = await dailySales(store);
  const all = noSales();
  for (const sums of days?.values() ?? []) addSums(all, sums);
  let owed = 0;
  let giftCards = 0;
  let orders = 0;
  for (const { id } of store.heads) {
    const record = store.records?.order(id);
    if (!record || record.test) continue;
    orders += 1;
    owed += ledgerTotal(record);
    for (const sale of record.agreements.flatMap((agreement) => agreement.sales)) {
      if (sale.line === "GIFT_CARD") giftCards += sale.amount;
    }
  }
  expect(all.orders).toBe(orders);
  expect((COLUMNS.total_sales?.of(all) ?? 0) + all.tips + giftCards).toBe(owed);

  const query = "FROM sales SHOW orders TIMESERIES day SINCE 2024-01-01 UNTIL 2026-12-31";
  const today = Math.floor(Date.parse("2026-11-20T12:00:00Z") / 86_400_000);
  const answer = answerSalesQuery(query, "2026-01", {
    days: days ?? new Map(),
    currency: options.currency,
    today,
  });
  const { rows } = answer.tableData as { rows: { orders: string }[] };
  expect(rows).toHaveLength(366 + 365 + 365);
  expect(rows.reduce((sum, row) => sum + Number(row.orders), 0)).toBe(orders);
});
