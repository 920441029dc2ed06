import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import Big from "big.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startWholeApp, type WholeApp } from "../harness/whole-app";

const SAMPLE = resolve("../shared/data/cdnow/CDNOW_sample.txt");
const there = existsSync(SAMPLE);
if (!there) process.stdout.write("left out, no ../shared/data here: the CDNOW purchases\n");

/** Real purchases of real customers, through the script, install, bulk backfill and API. */
describe.runIf(there)("the CDNOW purchases", () => {
  let app: WholeApp;
  const folder = mkdtempSync(join(tmpdir(), "merit-cdnow-"));
  beforeAll(async () => {
    const log = join(folder, "log.csv");
    const args = ["--import", "tsx", "scripts/cdnow-to-log.ts", SAMPLE];
    writeFileSync(log, execFileSync(process.execPath, args, { maxBuffer: 64 * 1024 * 1024 }));
    app = await startWholeApp({ replay: log });
    await app.install();
  });
  afterAll(async () => {
    await app?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it("give 6,919 orders, 2,357 customers and net sales of 244,091.94", async () => {
    const { totals, currency } = await app.metrics();
    expect({ currency, ...totals }).toMatchObject({
      currency: "USD",
      orders: 6_919,
      new_customers: 2_357,
      net_sales: "244091.94",
      gross_sales: "244091.94",
      returns: "0.00",
      unknown_customers: 0,
    });
  });

  it("give each day what the file itself adds up to", async () => {
    const { daily } = await app.metrics();
    const shown = daily.filter(({ orders }) => orders !== 0);
    expect(Object.fromEntries(shown.map((day) => [day.date, [day.orders, day.net_sales]]))).toEqual(
      purchasesByDay(),
    );
  });
});

/** Columns: customer, number in the sample, yyyymmdd, units, dollars. */
function purchasesByDay(): Record<string, [number, string]> {
  const days = new Map<string, { orders: number; dollars: Big }>();
  for (const line of readFileSync(SAMPLE, "utf8").split("\n")) {
    const [, , date, , dollars] = line.trim().split(/\s+/);
    if (!date || !dollars) continue;
    const day = `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`;
    const sum = days.get(day) ?? { orders: 0, dollars: new Big(0) };
    days.set(day, { orders: sum.orders + 1, dollars: sum.dollars.plus(dollars) });
  }
  return Object.fromEntries(
    [...days].map(([day, { orders, dollars }]) => [day, [orders, dollars.toFixed(2)]]),
  );
}
