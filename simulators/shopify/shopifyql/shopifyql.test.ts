import { afterEach, describe, expect, it, test } from "vitest";
import { addTransaction } from "../store/orders/payments";
import { refundOrder, returnOrder } from "../store/orders/refunds";
import { simShop, storeFromOrders } from "../store/store-from-orders";
import { goods } from "../store/testing";
import { Running } from "../testing/running";
import { parseSalesQuery } from "./parse";
import { boundDay, periodOf } from "./periods";

const SHOP = simShop({ domain: "tiny.myshopify.com", ianaTimezone: "America/New_York" });
const at = (text: string) => Date.parse(text);
const TAX = [{ title: "Tax", ppm: 82_500 }];
const ALL =
  "orders, gross_sales, discounts, returns, net_sales, shipping_charges, return_fees, duties, additional_fees, taxes, total_sales";

/** The worked cases of reference/metrics.md, on days of their own. */
const store = storeFromOrders(SHOP, (book) => {
  const order = (createdAt: string) => {
    const draft = book.place({
      createdAt: at(createdAt),
      lines: [goods({ unitPrice: 5_000, quantity: 2, taxRates: TAX })],
      discounts: [
        {
          kind: "code",
          label: "TEN",
          value: { percent: 10 },
          target: "lines",
          method: "ACROSS",
          all: true,
        },
      ],
      shipping: [{ title: "Standard", code: "std", price: 500, taxRates: [] }],
    });
    addTransaction(draft, { at: at(createdAt), kind: "SALE", settles: 10_243, gateway: "card" });
    return draft;
  };
  const lineOf = (draft: ReturnType<typeof order>) => ({
    lineId: draft.record.lines[0]?.id ?? 0,
    quantity: 1,
  });
  // 23:30 in New York is the next day in UTC.
  const first = order("2026-06-02T03:30:00Z");
  refundOrder(first, { at: at("2026-06-03T12:00:00Z"), lines: [lineOf(first)], withhold: 300 });
  const second = order("2026-06-02T12:00:00Z");
  returnOrder(second, {
    at: at("2026-06-20T12:00:00Z"),
    lines: [lineOf(second)],
    fees: [{ kind: "RestockingFee", amount: 300 }],
  });
  book.place({
    createdAt: at("2026-06-02T12:00:00Z"),
    lines: [goods({ unitPrice: 1 })],
    test: true,
  });
  book.place({
    createdAt: at("2026-06-05T12:00:00Z"),
    processedAt: at("2026-05-31T12:00:00Z"),
    lines: [goods({ unitPrice: 700 }), goods({ unitPrice: 2_500, kind: "GIFT_CARD" })],
    additionalFees: [{ name: "Packaging", amount: 150 }],
  });
});

let running: Running;
afterEach(() => running.stop());

async function ask(query: string, scopes?: string[], version = "2026-01") {
  running = await Running.start({ stores: [{ kind: "given", store }] });
  const token = await running.installed();
  if (scopes) await running.ask("/shops/tiny.myshopify.com/scopes", { scopes });
  const answer = await running.post(
    `/admin/api/${version}/graphql.json`,
    {
      query:
        "query($q: String!) { shopifyqlQuery(query: $q) { parseErrors tableData { columns { name dataType displayName } rows } } }",
      variables: { q: query },
    },
    { "x-shopify-access-token": token },
  );
  return (await answer.json()) as {
    data: { shopifyqlQuery: Answer };
    errors?: { extensions: { code: string } }[];
  };
}
interface Answer {
  parseErrors: string[];
  tableData: { columns: { name: string }[]; rows: Record<string, string | null>[] } | null;
}
const rows = async (query: string, version?: string) =>
  (await ask(query, undefined, version)).data.shopifyqlQuery.tableData?.rows;

describe("FROM sales", () => {
  it("gives signed amounts on the shop's own days, every day of a TIMESERIES", async () => {
    const query = `FROM sales SHOW ${ALL} TIMESERIES day SINCE 2026-06-01 UNTIL 2026-06-03`;
    expect(await rows(query)).toEqual([
      {
        day: "2026-06-01",
        orders: "1",
        gross_sales: "100.0",
        discounts: "-10.0",
        returns: "0.0",
        net_sales: "90.0",
        shipping_charges: "5.0",
        return_fees: "0.0",
        duties: "0.0",
        additional_fees: "0.0",
        taxes: "7.43",
        total_sales: "102.43",
      },
      expect.objectContaining({ day: "2026-06-02", orders: "1", total_sales: "102.43" }),
      expect.objectContaining({
        day: "2026-06-03",
        orders: "0",
        returns: "-42.0",
        net_sales: "-42.0",
        taxes: "-3.71",
      }),
    ]);
  });

  it("books fees of returns apart, imports on the day they were processed, gift cards nowhere", async () => {
    const query =
      "FROM sales SHOW returns, return_fees, total_sales GROUP BY day SINCE 2026-05-01 UNTIL 2026-06-30";
    const found = await rows(query);
    expect(found?.map((row) => row.day)).toEqual([
      "2026-05-31",
      "2026-06-01",
      "2026-06-02",
      "2026-06-03",
      "2026-06-20",
    ]);
    expect(found?.[0]).toEqual({
      day: "2026-05-31",
      returns: "0.0",
      return_fees: "0.0",
      total_sales: "8.5",
    });
    expect(found?.[4]).toMatchObject({ returns: "-45.0", return_fees: "3.0" });
  });

  it("sums by month with a total whose month is null, ordered and limited", async () => {
    const query =
      "FROM sales SHOW orders, net_sales TIMESERIES month WITH TOTALS SINCE 2026-04-01 UNTIL 2026-06-30 ORDER BY net_sales DESC LIMIT 2";
    expect(await rows(query)).toEqual([
      { month: null, orders: "3", net_sales: "100.0" },
      { month: "2026-06-01", orders: "2", net_sales: "93.0" },
      { month: "2026-05-01", orders: "1", net_sales: "7.0" },
    ]);
  });

  it("counts relative days from the shop's today, both ends in", async () => {
    expect(await rows("FROM sales SHOW orders TIMESERIES day SINCE -2d UNTIL today")).toHaveLength(
      3,
    );
    expect(await rows("FROM sales SHOW orders SINCE -30d UNTIL today")).toEqual([{ orders: "3" }]);
  });

  it("is named sales_reversals from 2026-04 on", async () => {
    const query = "FROM sales SHOW sales_reversals SINCE 2026-06-03 UNTIL 2026-06-03";
    expect(await rows(query, "2026-04")).toEqual([{ sales_reversals: "-42.0" }]);
    expect((await ask(query)).data.shopifyqlQuery).toEqual({
      parseErrors: ["Column 'sales_reversals' not found in table 'sales'."],
      tableData: null,
    });
  });

  it("needs read_reports", async () => {
    const { data, errors } = await ask("FROM sales SHOW orders", ["read_orders"]);
    expect(data.shopifyqlQuery).toBeNull();
    expect(errors?.[0]?.extensions.code).toBe("ACCESS_DENIED");
  });
});

test.each([
  ["", "Unexpected end of query, expected 'FROM'."],
  ["FROM products SHOW orders", "Table 'products' not found."],
  ["FROM sales SHOW profit", "Column 'profit' not found in table 'sales'."],
  ["FROM sales SHOW orders WHERE test = 1", "Unexpected input 'WHERE'."],
  ["FROM sales SHOW orders SINCE '2026-01-01'", "Invalid date '''."],
  ["FROM sales SHOW orders SINCE 2026-02-30", "Invalid date '2026-02-30'."],
  ["FROM sales SHOW orders TIMESERIES hour", "Dimension 'hour' is not supported."],
  ["FROM sales SHOW orders ORDER BY taxes", "Column 'taxes' must be shown to be ordered by."],
  ["FROM sales SHOW orders LIMIT x", "Invalid limit 'x'."],
])("%s is refused", (query, complaint) => {
  expect(parseSalesQuery(query, "2026-01")).toEqual([complaint]);
});

test("months back end on the month's last day, weeks begin on Sunday", () => {
  const day = (text: string) => Date.parse(`${text}T00:00:00Z`) / 86_400_000;
  expect(boundDay({ kind: "ago", count: 1, unit: "m" }, day("2026-03-31"))).toBe(day("2026-02-28"));
  expect(boundDay({ kind: "ago", count: 1, unit: "y" }, day("2026-03-31"))).toBe(day("2025-03-31"));
  expect(periodOf(day("2026-11-20"), "week")).toBe(day("2026-11-15"));
});
