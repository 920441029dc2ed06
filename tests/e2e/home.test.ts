import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, Frame, FrameLocator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ORDINARY_USER_AGENT } from "../../scripts/demo/install";
import { launchBrowser } from "../harness/browser";
import { WATCH_SHIFTS } from "../harness/layout-shifts";
import { startWholeApp, type WholeApp } from "../harness/whole-app";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let app: WholeApp;
let browser: Browser;
let page: Page;
let home: FrameLocator;
const complaints: string[] = [];

beforeAll(async () => {
  app = await startWholeApp({ seed: 7, orders: 6_000 });
  browser = await launchBrowser();
  page = await newPage(1280, 900);
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

describe("Home inside the stand-in admin", () => {
  it("is installed by a press, shows the backfill run and end, and does not move while it does", async () => {
    await page.goto(app.adminUrl);
    await page.getByRole("button", { name: "Install", exact: true }).click();
    await home.getByRole("progressbar").waitFor();
    await home.getByText("Loading your order history").waitFor();
    await home.getByText("Your order history is loaded").waitFor({ timeout: 100_000 });
    expect(await shownFigures()).toEqual(await expectedFigures("last_30"));
    expect(await frameOf(page).evaluate("window.shifted")).toEqual([]);
  });

  it("shows the figures of the API, and others when the range changes, also after a reload", async () => {
    await page.goto(app.adminUrl);
    await home.locator("[data-metric=net_sales]").waitFor();
    expect(await shownFigures()).toEqual(await expectedFigures("last_30"));
    await home.getByRole("button", { name: "Date range: Last 30 days" }).click();
    await home.getByRole("button", { name: "Last 7 days", exact: true }).click();
    await home.getByRole("button", { name: "Date range: Last 7 days" }).waitFor();
    await expect.poll(shownFigures).toEqual(await expectedFigures("last_7"));
    await page.waitForURL(/range=last_7/);
    await page.reload();
    await home.getByRole("button", { name: "Date range: Last 7 days" }).waitFor();
    expect(await shownFigures()).toEqual(await expectedFigures("last_7"));
  });

  it("draws the sales of the range, and tells them in a table to who cannot see them", async () => {
    await page.goto(`${app.adminUrl}/app?range=last_30`);
    await home.locator(".recharts-surface").first().waitFor();
    await home.getByRole("button", { name: "Show as table" }).click();
    const table = home.getByRole("table");
    await table.waitFor();
    expect(await table.getByRole("row").count()).toBeGreaterThan(30);
  });

  it.each([
    [1280, 900],
    [375, 812],
  ])(
    "has no violation of WCAG, no sideways scroll and no shift at %i pixels",
    async (width, height) => {
      const fresh = await newPage(width, height);
      await fresh.goto(app.adminUrl);
      await fresh.frameLocator("#app-frame").locator(".recharts-surface").first().waitFor();
      const frame = frameOf(fresh);
      expect(await frame.evaluate("window.shifted")).toEqual([]);
      expect(await frame.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(
        width,
      );
      await frame.evaluate(axe);
      expect(
        await frame.evaluate("axe.run().then((found) => found.violations.map(({ id }) => id))"),
      ).toEqual([]);
      await fresh.close();
    },
  );

  it("never made the browser complain", () => {
    expect(complaints).toEqual([]);
  });
});

async function newPage(width: number, height: number): Promise<Page> {
  const opened = await browser.newPage({
    viewport: { width, height },
    userAgent: ORDINARY_USER_AGENT,
  });
  await opened.addInitScript(WATCH_SHIFTS);
  opened.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  opened.on("pageerror", (error) => complaints.push(String(error)));
  if (!page) home = opened.frameLocator("#app-frame");
  return opened;
}

function frameOf(of: Page): Frame {
  const frame = of.frame({ name: "app-iframe" });
  if (!frame) throw new Error("the app is not framed");
  return frame;
}

const SHOWN = ["net_sales", "orders", "aov", "returns"] as const;

async function shownFigures(): Promise<string[]> {
  return Promise.all(SHOWN.map((id) => home.locator(`[data-metric=${id}]`).innerText()));
}

/** The API's figures of a preset, written as an American reads them. */
async function expectedFigures(preset: "last_7" | "last_30"): Promise<string[]> {
  const today = new Intl.DateTimeFormat("en-CA", { timeZone: "America/New_York" }).format();
  const back = preset === "last_7" ? 6 : 29;
  const from = new Date(Date.parse(`${today}T00:00:00Z`) - back * 86_400_000);
  const { totals } = await app.metrics({ from: from.toISOString().slice(0, 10), to: today });
  const money = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD" });
  return SHOWN.map((id) =>
    id === "orders" ? Number(totals[id]).toLocaleString("en-US") : money.format(Number(totals[id])),
  );
}
