import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { salesByDay, type TruthOrder } from "../../../../tests/independent/sales-by-day";
import { ReplayError, replayStore } from ".";
import { zoneOfLog } from "./log-zone";

const folder = mkdtempSync(path.join(tmpdir(), "merit-replay-"));
afterAll(() => rmSync(folder, { recursive: true }));

const HEADER =
  "kind,order_id,at,customer_id,email,line_no,sku,title,quantity,unit_price,currency,refund_of";
const at = (day: number) => `2026-03-${String(day).padStart(2, "0")}T10:00:00-05:00`;
const sale = (
  order: string,
  sku: string,
  quantity: string,
  price: string,
  rest: { day?: number; customer?: string; email?: string } = {},
) =>
  `sale,${order},${at(rest.day ?? 1)},${rest.customer ?? ""},${rest.email ?? ""},1,${sku},"Mug, ""big""",${quantity},${price},GBP,`;
const refund = (of: string, sku: string, quantity: string, price: string, day = 3) =>
  `refund,C${of},${at(day)},,,1,${sku},Mug,${quantity},${price},GBP,${of}`;

let files = 0;
function replay(rows: string[], header = HEADER, newline = "\n") {
  files += 1;
  const csv = path.join(folder, `${files}.csv`);
  writeFileSync(csv, [header, ...rows, ""].join(newline));
  const store = replayStore({ csv, domain: "log.myshopify.com" });
  const nodes = store.heads.map((head) => store.node(head.id) as unknown as TruthOrder);
  const days = salesByDay(nodes, store.shop.ianaTimezone);
  const figures = (day: number) => {
    const found = days.get(`2026-03-${String(day).padStart(2, "0")}`);
    return [found?.gross_sales, found?.returns, found?.net_sales].map((value) => value?.toFixed(2));
  };
  return { store, nodes, days, figures };
}

describe("a replayed log", () => {
  test("gross, returns and net of each day are the log's own", () => {
    const { figures, days, store } = replay([
      sale("A", "MUG", "3", "2.50"),
      sale("B", "MUG", "1", "4.99"),
      sale("A", "CUP", "2", "1.10"),
      refund("A", "MUG", "-1", "2.50"),
    ]);
    expect(figures(1)).toEqual(["14.69", "0.00", "14.69"]);
    expect(figures(3)).toEqual(["0.00", "2.50", "-2.50"]);
    expect(days.get("2026-03-03")?.refunded.toFixed(2)).toBe("2.50");
    expect(days.get("2026-03-03")?.units_returned).toBe(1);
    expect(store.heads.map((head) => [head.name, head.financialStatus])).toEqual([
      ["A", "PARTIALLY_REFUNDED"],
      ["B", "PAID"],
    ]);
    expect(store.shop).toMatchObject({ currency: "GBP", ianaTimezone: "America/New_York" });
  });

  test.each([
    ["at another price", [refund("A", "MUG", "1", "2.00")], "2.00", 1],
    ["of more units than are left", [refund("A", "MUG", "5", "2.50")], "12.50", 3],
    ["of a sku the order does not hold", [refund("A", "LAMP", "1", "7.77")], "7.77", 0],
    ["twice over", [refund("A", "MUG", "3", "2.50"), refund("A", "MUG", "3", "2.50")], "15.00", 3],
    ["with the sign of a credit on both", [refund("A", "MUG", "-2", "-2.50")], "5.00", 2],
  ])("a refund %s is booked with the log's amount", (_name, refunds, returns, units) => {
    const { days } = replay([sale("A", "MUG", "3", "2.50"), ...refunds]);
    const day = days.get("2026-03-03");
    expect(day?.returns.toFixed(2)).toBe(returns);
    expect(day?.refunded.toFixed(2)).toBe(returns);
    expect(day?.units_returned).toBe(units);
  });

  test("finer unit prices multiply exactly and are rounded once, half up, on the line", () => {
    const { figures } = replay([
      sale("A", "BEAD", "1000", "0.0015"),
      sale("A", "PIN", "3", "0.0049"),
    ]);
    expect(figures(1)).toEqual(["1.51", "0.00", "1.51"]);
  });

  test("customers keep one id, guests their email, strangers nothing", () => {
    const { store, days } = replay([
      sale("A", "MUG", "1", "1", { customer: "12347", email: "c@example.com" }),
      sale("B", "MUG", "1", "1", { customer: "12347", day: 2 }),
      sale("C", "MUG", "1", "1", { email: "g@example.com", day: 2 }),
      sale("D", "MUG", "1", "1", { day: 2 }),
    ]);
    expect(store.customers).toHaveLength(1);
    expect(store.customers[0]).toMatchObject({ email: "c@example.com", numberOfOrders: "2" });
    expect(store.heads.map((head) => head.email)).toEqual([
      "c@example.com",
      "c@example.com",
      "g@example.com",
      null,
    ]);
    expect(days.get("2026-03-02")).toMatchObject({
      new_customers: 1,
      returning_customers: 1,
      unknown_customers: 1,
    });
  });

  test("byte order mark, CRLF, quotes and blank lines are read as spreadsheets write them", () => {
    const { store, nodes } = replay([sale("A", "MUG", "1", "1"), ""], `\uFEFF${HEADER}`, "\r\n");
    expect(store.heads).toHaveLength(1);
    expect(nodes[0]).toMatchObject({ lineItems: [{ title: 'Mug, "big"', sku: "MUG" }] });
  });

  test("an order with a hundred lines keeps an id for each", () => {
    const rows = Array.from({ length: 100 }, (_, i) => sale("A", `SKU${i}`, "1", "1"));
    const { nodes } = replay([...rows, ...rows.map((_, i) => refund("A", `SKU${i}`, "1", "1"))]);
    const sales = nodes.flatMap((node) => node.agreements.flatMap((agreement) => agreement.sales));
    expect(new Set(sales.map((row) => (row as unknown as { id: string }).id)).size).toBe(200);
  });
});

describe("a log that makes no sense is refused with line and reason", () => {
  const good = sale("A", "MUG", "1", "1");
  test.each([
    ["a missing column", ["x"], HEADER.replace(",sku", ""), 1, "sku"],
    ["an unknown kind", ["loan,A,x,,,,,,1,1,GBP,"], HEADER, 2, "kind"],
    ["a bad quantity", [good, sale("B", "MUG", "two", "1")], HEADER, 3, "quantity"],
    ["a negative sale", [sale("A", "MUG", "-1", "1")], HEADER, 2, "-1 units"],
    ["a bad price", [sale("A", "MUG", "1", "1e3")], HEADER, 2, "unit_price"],
    ["a negative price", [sale("A", "MUG", "1", "-1")], HEADER, 2, "negative price"],
    ["no instant", [good.replace(/2026[^,]*/, "yesterday")], HEADER, 2, "at is no ISO"],
    ["an instant without offset", [good.replace("-05:00", "")], HEADER, 2, "at is no ISO"],
    ["a day that no calendar holds", [good.replace("03-01", "02-30")], HEADER, 2, "calendar"],
    ["a second currency", [good, good.replace("GBP", "EUR")], HEADER, 3, "second currency"],
    ["a refund of an unknown order", [good, refund("Z", "MUG", "1", "1")], HEADER, 3, "Z"],
    ["a refund of nothing", [good, refund("", "MUG", "1", "1")], HEADER, 3, "refund_of"],
    ["a short row", [good, "sale,B"], HEADER, 3, "ends before"],
    ["an open quote", [good, 'sale,"B'], HEADER, 3, "Quote"],
    ["no row", [], HEADER, 2, "no row"],
  ])("%s", (_name, rows, header, line, reason) => {
    const act = () => replay(rows, header);
    expect(act).toThrow(ReplayError);
    expect(act).toThrow(reason);
    try {
      act();
    } catch (error) {
      expect(error).toMatchObject({ line });
    }
  });
});

describe("the shop's zone", () => {
  const hour = (instant: string) => Math.floor(Date.parse(instant) / 3_600_000);
  const zone = (entries: [string, number][]) =>
    zoneOfLog({ mixedOffsets: false, offsets: new Map(entries.map(([i, o]) => [hour(i), o])) });

  test("is the first whose clock shows the written offsets", () => {
    expect(zone([["2026-01-01T00:00Z", 0]])).toBe("Etc/UTC");
    expect(
      zone([
        ["2026-01-01T00:00Z", 0],
        ["2026-07-01T00:00Z", 60],
      ]),
    ).toBe("Europe/London");
    expect(
      zone([
        ["2026-01-01T00:00Z", 660],
        ["2026-07-01T00:00Z", 600],
      ]),
    ).toBe("Australia/Sydney");
  });

  test("is one that never moves its clocks when the offset never does", () => {
    expect(
      zone([
        ["2026-01-01T00:00Z", -300],
        ["2026-07-01T00:00Z", -300],
      ]),
    ).toBe("Etc/GMT+5");
  });

  test("is UTC when no place on earth kept such a clock", () => {
    expect(zone([["2026-01-01T00:00Z", 17]])).toBe("Etc/UTC");
    expect(zoneOfLog({ mixedOffsets: true, offsets: new Map([[0, 0]]) })).toBe("Etc/UTC");
  });
});
