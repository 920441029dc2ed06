import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import pg from "pg";
import type { Browser, Frame, FrameLocator, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ORDINARY_USER_AGENT } from "../../scripts/demo/install";
import { launchBrowser } from "../harness/browser";
import { WATCH_SHIFTS } from "../harness/layout-shifts";
import { startWholeApp, type WholeApp } from "../harness/whole-app";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What a press moves within half a second was asked for; browsers do not reckon so in a frame. */
const FORGIVE_PRESSES = `addEventListener("pointerdown", () => {
  const before = window.shifted.length;
  setTimeout(() => window.shifted.splice(before), 500);
}, true);`;

let app: WholeApp;
let database: pg.Pool;
let browser: Browser;
let page: Page;
let frame: FrameLocator;
let shopify: Locator;
const complaints: string[] = [];

beforeAll(async () => {
  app = await startWholeApp({ seed: 5, orders: 800 });
  await app.install();
  const { admin, web } = app.stack.databaseUrls;
  const url = new URL(admin);
  url.pathname = new URL(web).pathname;
  database = new pg.Pool({ connectionString: url.href, max: 1 });
  browser = await launchBrowser();
  page = await browser.newPage({
    viewport: { width: 1280, height: 900 },
    userAgent: ORDINARY_USER_AGENT,
  });
  await page.addInitScript(WATCH_SHIFTS);
  await page.addInitScript(FORGIVE_PRESSES);
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  frame = page.frameLocator("#app-frame");
  shopify = frame.locator("[data-platform=SHOPIFY]");
});
afterAll(async () => {
  await browser?.close();
  await database?.end();
  await app?.stop();
});

const press = (name: string) => shopify.getByRole("button", { name, exact: true }).click();
const says = (text: string | RegExp) => shopify.getByText(text).first().waitFor();
const toast = (text: string) => page.locator(".toast", { hasText: text }).first().waitFor();
const newest = () => frame.locator("tbody").first();

const checked = () => frame.locator("[data-card=reconciliation]");

async function sql(text: string, values: unknown[] = []): Promise<Record<string, string>[]> {
  return (await database.query(text, values)).rows;
}

/** Asks the stand-in of Shopify for a fault. */
async function fault(wanted: object): Promise<void> {
  const answer = await fetch(faultsUrl(), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(wanted),
  });
  expect(answer.status).toBe(201);
}
const faultsUrl = () => `${app.stack.simulators}/_sim/shops/${app.shop}/faults`;
const endFaults = () => fetch(faultsUrl(), { method: "DELETE" });

function appFrame(): Frame {
  const found = page.frame({ name: "app-iframe" });
  if (!found) throw new Error("the app is not framed");
  return found;
}

describe("the Sync page inside the stand-in admin", () => {
  it("is reached by the menu, and tells how each platform stands", async () => {
    await page.goto(app.adminUrl);
    await frame.getByRole("link", { name: "Sync details" }).waitFor();
    await picture("sync-home");
    await page.getByRole("link", { name: "Sync", exact: true }).click();
    await says("Up to date");
    await says("Your orders are up to date.");
    await says(/^By \d/);
    await frame.locator("[data-platform=META]").getByText("Not connected").waitFor();
    await frame.getByRole("link", { name: "Connect Meta on Home" }).waitFor();
    expect(await newest().innerText()).toMatch(/Shopify: first load of the history/);
    expect(await newest().innerText()).toMatch(/Installation/);
  });

  it("updates at a press, says that it waits after a failed try, and ends up to date", async () => {
    await fault({ kind: "http_5xx", status: 503, retry_after: 1, times: null });
    await press("Sync now");
    await toast("Update started");
    await says("Updating");
    await says(/Merit tries again by itself/);
    await endFaults();
    await picture("sync-running");
    await says("Up to date");
    await expect.poll(() => newest().innerText()).toMatch(/Shopify: update[\s\S]*Done/);
    expect(await appFrame().evaluate("window.shifted")).toEqual([]);
  });

  it("rebuilds only when asked twice, keeps the old figures meanwhile, and can be canceled", async () => {
    const before = await app.metrics();
    await fault({ kind: "bulk_stuck", times: null });
    await press("Rebuild");
    await says(/Your present figures stay until the new ones are complete/);
    await press("Not now");
    await press("Rebuild");
    await press("Rebuild now");
    await toast("Rebuild started");
    await says("Loading history");
    await shopify.getByRole("progressbar").waitFor();
    await says("Shopify is preparing your orders");
    const meanwhile = await app.metrics();
    expect(meanwhile.history_complete).toBe(true);
    expect(meanwhile.totals).toEqual(before.totals);
    await picture("sync-rebuild");
    await press("Cancel");
    await says("The rebuild stops. Your figures stay, and updates go on as usual.");
    await press("Cancel it");
    await toast("Canceled");
    await says("Up to date");
    await expect.poll(() => newest().innerText()).toMatch(/rebuild of the history[\s\S]*Stopped/);
    expect((await app.metrics()).totals).toEqual(before.totals);
    await endFaults();
  });

  it("says in words why an update failed and what to do, and tries again at a press", async () => {
    await fault({ kind: "bulk_failed", error_code: "ACCESS_DENIED", times: null });
    await press("Rebuild");
    await press("Rebuild now");
    await says("Needs you");
    await says(/^Shopify refuses Merit a permission/);
    await says(/^Open Merit again from your Shopify admin/);
    await expect.poll(() => newest().innerText()).toMatch(/Shopify refuses Merit a permission/);
    await picture("sync-failed");
    await endFaults();
    expect(await frame.getByRole("button", { name: "Retry" }).count()).toBe(1);
    await newest().getByRole("button", { name: "Retry" }).click();
    await toast("Started again");
    await says("Up to date");
    expect(await frame.getByRole("button", { name: "Retry" }).count()).toBe(0);
  });

  it("says that the first check against Shopify's report is still to come", async () => {
    await checked()
      .getByText(/The first check follows soon/)
      .waitFor();
    expect(await checked().locator("tbody tr").count()).toBe(0);
  });

  it("shows the check's days, equal, repaired and different, and all of them on demand", async () => {
    const days = await sql(
      "SELECT day::text FROM reporting.daily_shopify_metrics ORDER BY day DESC",
    );
    const [repaired, differing] = [days[3]?.day, days[5]?.day];
    await sql("UPDATE reporting.daily_shopify_metrics SET shipping = shipping + 1 WHERE day = $1", [
      repaired,
    ]);
    await sql(
      `INSERT INTO app_dashboard.sync_jobs (shop_id, platform, job_type, requested_by, priority)
       VALUES ($1, 'SHOPIFY', 'RECONCILE', 'schedule', 60)`,
      [app.shop],
    );
    await expect
      .poll(() => sql("SELECT days_repaired FROM reporting.reconciliations"), { timeout: 30_000 })
      .toEqual([{ days_repaired: 1 }]);
    await sql("UPDATE reporting.reconciliations SET days_differing = 1");
    await sql(
      `UPDATE reporting.daily_reconciliation SET ours = theirs + 5, difference = 5
       WHERE grain = 'DAY' AND day = $1 AND metric IN ('gross_sales', 'total_sales')`,
      [differing],
    );
    await page.goto(`${app.adminUrl}/app/sync`);
    await checked().getByText("1 of 90 days differs").waitFor();
    await checked().getByText("Repaired", { exact: true }).waitFor();
    await checked().getByText("Differs", { exact: true }).waitFor();
    expect(await checked().locator("tbody tr").count()).toBe(7);
    await checked().getByRole("button", { name: "Show all 90 days" }).click();
    await expect.poll(() => checked().locator("tbody tr").count()).toBe(90);
    await checked().getByRole("button", { name: "Show fewer days" }).click();
  });

  it("pauses and resumes", async () => {
    await press("Pause");
    await says("Paused");
    await says("When you resume");
    await picture("sync-paused");
    await press("Resume");
    await toast("Resumed");
    await says("Up to date");
  });

  it.each([1280, 375])(
    "has no violation of WCAG, no sideways scroll and no shift at %i pixels",
    async (width) => {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(`${app.adminUrl}/app/sync`);
      await says("Up to date");
      const inner = appFrame();
      expect(await inner.evaluate("window.shifted")).toEqual([]);
      expect(await inner.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(
        width,
      );
      await inner.evaluate(axe);
      expect(
        await inner.evaluate("axe.run().then((found) => found.violations.map(({ id }) => id))"),
      ).toEqual([]);
      await picture(`sync-${width}`);
    },
  );

  it("has one order read again by its name", async () => {
    await page.setViewportSize({ width: 1280, height: 900 });
    const [order] = await sql(
      `SELECT name FROM core_warehouse.orders WHERE shop_id = $1 ORDER BY order_id LIMIT 1`,
      [app.shop],
    );
    await frame.getByLabel("Order", { exact: true }).fill(order?.name ?? "");
    await frame.getByRole("button", { name: "Read again" }).click();
    await toast("The order is being read again");
    await expect
      .poll(
        async () =>
          (await sql("SELECT count(*)::int AS n FROM staging_ingest.shopify_dirty"))[0]?.n,
        { timeout: 20_000 },
      )
      .toBe(0);
    await frame.getByLabel("Order", { exact: true }).fill("#no-such-order");
    await frame.getByRole("button", { name: "Read again" }).click();
    await toast("There is no order of that name here");
  });

  it("keeps on the Settings page which metafields are read, at 375 pixels too", async () => {
    await page.getByRole("link", { name: "Settings", exact: true }).click();
    await frame.getByLabel("Metafields to read").fill("custom.survey_answer");
    await frame.getByRole("button", { name: "Save" }).click();
    await toast("Saved");
    const stored = "SELECT order_metafields FROM app_dashboard.shops WHERE shop_id = $1";
    expect(await sql(stored, [app.shop])).toEqual([{ order_metafields: ["custom.survey_answer"] }]);
    await picture("settings-1280");
    await page.setViewportSize({ width: 375, height: 900 });
    await page.goto(`${app.adminUrl}/app/settings`);
    await frame.getByLabel("Metafields to read").waitFor();
    const inner = appFrame();
    expect(await inner.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(375);
    await inner.evaluate(axe);
    expect(
      await inner.evaluate("axe.run().then((found) => found.violations.map(({ id }) => id))"),
    ).toEqual([]);
    await picture("settings-375");
  });

  it("never made the browser complain", () => {
    expect(complaints).toEqual([]);
  });
});

/** For looking at; made on demand. */
async function picture(name: string): Promise<void> {
  const folder = process.env.SCREENSHOTS;
  if (!folder) return;
  const height = Number(await appFrame().evaluate("document.documentElement.scrollHeight"));
  const { width = 1280 } = page.viewportSize() ?? {};
  await page.setViewportSize({ width, height: height + 80 });
  await page.waitForTimeout(400);
  await page.screenshot({ path: `${folder}/${name}.png` });
  await page.setViewportSize({ width, height: 900 });
}
