import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Big from "big.js";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startWholeApp, type WholeApp } from "../harness/whole-app";

const HEADER =
  "kind,order_id,at,customer_id,email,line_no,sku,title,quantity,unit_price,currency,refund_of";
const MINUTE = 60_000;

interface Row {
  kind: "sale" | "refund";
  order: string;
  at: Date;
  quantity: number;
  price: string;
  text: string;
}

/** A log as shops keep them: many lines an order, guests, credits days later, in part and too much. */
function purchases(count: number): Row[] {
  const rows: Row[] = [];
  const at = (minutes: number) => new Date(Date.UTC(2025, 8, 1) + minutes * MINUTE);
  for (let n = 1; n <= count; n += 1) {
    const order = `N${n}`;
    const buyer = n % 4 === 0 ? "," : `C${n % 90},buyer${n % 90}@example.com`;
    const add = (kind: Row["kind"], when: Date, line: number, quantity: number, price: string) => {
      const id = kind === "sale" ? order : `R${n}`;
      const item = `${line},SKU-${line},"Item ""${line}"", blue"`;
      const of = kind === "sale" ? "" : order;
      const text = `${kind},${id},${when.toISOString()},${buyer},${item},${quantity},${price},GBP,${of}`;
      rows.push({ kind, order: id, at: when, quantity, price, text });
    };
    const placed = at(n * 97);
    for (let line = 1; line <= 1 + (n % 5); line += 1) {
      add("sale", placed, line, 1 + ((n + line) % 6), (((n * line * 37) % 4_999) / 100).toFixed(2));
    }
    const price = (((n * 37) % 4_999) / 100).toFixed(2);
    // Some credits take back a part, some more than was sold, some at another price, some as minus.
    if (n % 7 === 0) add("refund", at(n * 97 + 4_000), 1, 1, price);
    if (n % 11 === 0) add("refund", at(n * 97 + 9_000), 1, -(1 + ((n + 1) % 6) + 2), price);
    if (n % 13 === 0) add("refund", at(n * 97 + 15_000), 1, 1, "3.33");
  }
  return rows;
}

/** What the log itself adds up to, by the day it is written in. */
function sumsByDay(rows: readonly Row[]): Record<string, [number, string, string, string]> {
  const days = new Map<string, { orders: Set<string>; gross: Big; returns: Big }>();
  for (const { kind, order, at, quantity, price } of rows) {
    const day = at.toISOString().slice(0, 10);
    const sum = days.get(day) ?? { orders: new Set(), gross: new Big(0), returns: new Big(0) };
    days.set(day, sum);
    const amount = new Big(price).times(Math.abs(quantity));
    if (kind === "refund") sum.returns = sum.returns.plus(amount);
    else {
      sum.orders.add(order);
      sum.gross = sum.gross.plus(amount);
    }
  }
  return Object.fromEntries(
    [...days].map(([day, { orders, gross, returns }]) => [
      day,
      [orders.size, gross.toFixed(2), returns.toFixed(2), gross.minus(returns).toFixed(2)],
    ]),
  );
}

let app: WholeApp;
const rows = purchases(700);
const folder = mkdtempSync(join(tmpdir(), "merit-replay-"));

beforeAll(async () => {
  const replay = join(folder, "log.csv");
  writeFileSync(replay, `${HEADER}\n${rows.map(({ text }) => text).join("\n")}\n`);
  app = await startWholeApp({ replay });
  await app.install();
});
afterAll(async () => {
  await app?.stop();
  rmSync(folder, { recursive: true, force: true });
});

it("a replayed log gives the orders, gross sales, returns and net sales of its own days", async () => {
  const { daily, currency } = await app.metrics();
  expect(currency).toBe("GBP");
  const shown = daily.filter(({ orders, returns }) => orders !== 0 || returns !== "0.00");
  const figures = shown.map(({ date, orders, gross_sales, returns, net_sales }) => [
    date,
    [orders, gross_sales, returns, net_sales],
  ]);
  expect(Object.fromEntries(figures)).toEqual(sumsByDay(rows));
});
