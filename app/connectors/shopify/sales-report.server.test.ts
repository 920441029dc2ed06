import { describe, expect, it } from "vitest";
import { NeedsUserError } from "~/lib/errors";
import type { AdminClient } from "./admin-client.server";
import { readSalesReport } from "./sales-report.server";

const RANGE = { from: "2026-06-01", to: "2026-06-02", grain: "day" } as const;
const NAMES =
  "day total_sales orders gross_sales discounts returns net_sales shipping_charges duties return_fees additional_fees taxes".split(
    " ",
  );
const CELLS = [
  "2026-06-01",
  "102.43",
  "1",
  100,
  "-10.0",
  "-0.5",
  "89.5",
  5.5,
  "0",
  null,
  "0.0",
  "7.43",
];
const FIGURES = {
  total_sales: "102.43",
  orders: "1",
  gross_sales: "100",
  discounts: "10",
  returns: "0.5",
  net_sales: "89.5",
  shipping: "5.5",
  duties: "0",
  return_fees: "0",
  additional_fees: "0",
  taxes: "7.43",
};
const objectOf = (names: string[], cells: unknown[]) =>
  Object.fromEntries(names.map((name, index) => [name, cells[index]]));

/** A client that answers what the test says, and what it was asked. */
function client(answer: (query: string) => unknown): AdminClient & { asked: string[] } {
  const asked: string[] = [];
  return {
    shop: "x.myshopify.com",
    asked,
    async request(_document, { variables, schema }) {
      const query = String(variables?.query);
      asked.push(query);
      return schema.parse({ shopifyqlQuery: answer(query) });
    },
  };
}

const table = (rows: unknown[], names = NAMES) => ({
  parseErrors: [],
  tableData: { columns: names.map((name) => ({ name })), rows },
});

describe("Shopify's sales report", () => {
  it("is asked for by name of the version's columns, days inclusive", async () => {
    const shopify = client(() => table([]));
    expect(await readSalesReport(shopify, RANGE)).toEqual(new Map());
    expect(shopify.asked).toEqual([
      `FROM sales SHOW ${NAMES.slice(1).join(", ")} TIMESERIES day SINCE 2026-06-01 UNTIL 2026-06-02`,
    ]);
  });

  it.each([
    ["objects", objectOf(NAMES, CELLS)],
    ["positional arrays", CELLS],
  ])("is read from rows that are %s, strings or numbers, into our own signs", async (_, row) => {
    const report = await readSalesReport(
      client(() => table([row])),
      RANGE,
    );
    expect(report).toEqual(new Map([["2026-06-01", FIGURES]]));
  });

  it("leaves totals out, and knows a month by its first day", async () => {
    const names = ["month", ...NAMES.slice(1)];
    const rows = [null, "2026-06", "2026-07-01T00:00:00Z"].map((month) =>
      objectOf(names, [month, ...CELLS.slice(1)]),
    );
    const shopify = client(() => table(rows, names));
    const report = await readSalesReport(shopify, { ...RANGE, grain: "month" });
    expect([...(report?.keys() ?? [])]).toEqual(["2026-06-01", "2026-07-01"]);
  });

  it("falls back on the other name of returns when Shopify does not know the first", async () => {
    const renamed = NAMES.map((name) => (name === "returns" ? "sales_reversals" : name));
    const shopify = client((query) =>
      query.includes("sales_reversals")
        ? table([objectOf(renamed, CELLS)], renamed)
        : { parseErrors: ["Column 'returns' not found in table 'sales'."], tableData: null },
    );
    expect(await readSalesReport(shopify, RANGE)).toEqual(new Map([["2026-06-01", FIGURES]]));
    expect(shopify.asked).toHaveLength(2);
  });

  it("is a defect when Shopify understands neither, or answers another shape", async () => {
    const complaint = () => ({ parseErrors: ["Table 'sales' not found."], tableData: null });
    await expect(readSalesReport(client(complaint), RANGE)).rejects.toMatchObject({
      code: "SHOPIFYQL_PARSE",
    });
    const without = () => table([objectOf(NAMES.slice(0, -1), CELLS)]);
    await expect(readSalesReport(client(without), RANGE)).rejects.toMatchObject({
      code: "SHOPIFYQL_SHAPE",
    });
    const words = () => table([objectOf(NAMES, ["2026-06-01", "a lot", ...CELLS.slice(2)])]);
    await expect(readSalesReport(client(words), RANGE)).rejects.toThrow(/a lot.*total_sales/);
  });

  it("is no report, and no error, where the app may not read it", async () => {
    const refusing: AdminClient = {
      shop: "x.myshopify.com",
      request: () =>
        Promise.reject(
          new NeedsUserError("Access denied", { code: "SHOPIFY_ACCESS_DENIED", task: "t" }),
        ),
    };
    expect(await readSalesReport(refusing, RANGE)).toBeNull();
    const frozen: AdminClient = {
      shop: "x.myshopify.com",
      request: () =>
        Promise.reject(new NeedsUserError("Frozen", { code: "SHOPIFY_SHOP_FROZEN", task: "t" })),
    };
    await expect(readSalesReport(frozen, RANGE)).rejects.toThrow("Frozen");
  });
});
