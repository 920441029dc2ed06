import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, BrowserContext, Frame, FrameLocator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ORDINARY_USER_AGENT } from "../../scripts/demo/install";
import { launchBrowser } from "../harness/browser";
import { WATCH_SHIFTS } from "../harness/layout-shifts";
import { startWholeApp, type WholeApp } from "../harness/whole-app";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let app: WholeApp;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let home: FrameLocator;
const complaints: string[] = [];

beforeAll(async () => {
  app = await startWholeApp({ seed: 11, orders: 3_000 });
  await app.install();
  browser = await launchBrowser();
  context = await browser.newContext({
    viewport: { width: 1280, height: 1000 },
    userAgent: ORDINARY_USER_AGENT,
  });
  await context.addInitScript(WATCH_SHIFTS);
  page = await openHome();
  home = page.frameLocator("#app-frame");
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

async function openHome(): Promise<Page> {
  const opened = await context.newPage();
  opened.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  opened.on("pageerror", (error) => complaints.push(String(error)));
  await opened.goto(app.adminUrl);
  return opened;
}

function frameOf(of: Page): Frame {
  const frame = of.frame({ name: "app-iframe" });
  if (!frame) throw new Error("the app is not framed");
  return frame;
}

/** Presses the button and answers the window that opens, at Meta's dialog. */
async function openLogin(button = "Connect Meta"): Promise<Page> {
  const opening = context.waitForEvent("page");
  await home.getByRole("button", { name: button, exact: true }).click();
  const login = await opening;
  await login.getByRole("button", { name: "Continue" }).waitFor();
  return login;
}

const value = (id: string) => home.locator(`[data-metric=${id}]`).innerText();

async function accessibilityProblems(of: Page): Promise<unknown> {
  const frame = frameOf(of);
  await frame.evaluate(axe);
  return frame.evaluate("axe.run().then((found) => found.violations.map(({ id }) => id))");
}

describe("Meta on Home", () => {
  it("is offered in the place of the figures that would come of it", async () => {
    await home.getByText("See what your ads earn").waitFor();
    expect(await home.locator("[data-metric=spend]").count()).toBe(0);
    expect(await accessibilityProblems(page)).toEqual([]);
    await picture("meta-connect");
  });

  it("says in plain words that a person said no, and connects nothing", async () => {
    const login = await openLogin();
    await login.getByRole("button", { name: "Cancel" }).click();
    await login.getByRole("heading", { name: "Meta was not connected" }).waitFor();
    await login.getByRole("button", { name: "Close this window" }).click();
    await expect.poll(() => login.isClosed()).toBe(true);
    await home.getByRole("button", { name: "Connect Meta" }).waitFor();
  });

  it("asks for the permission it needs when that one was unticked", async () => {
    const login = await openLogin();
    await login.getByRole("checkbox").uncheck();
    await login.getByRole("button", { name: "Continue" }).click();
    await login.getByRole("heading", { name: "A permission is missing" }).waitFor();
    await login.close();
  });

  it("lets a login's answer count once", async () => {
    const login = await openLogin();
    const answered = login.waitForRequest((request) =>
      request.url().includes("/auth/meta/callback"),
    );
    await login.getByRole("button", { name: "Continue" }).click();
    const url = (await answered).url();
    await login.getByRole("heading", { name: /^Meta is connected with/ }).waitFor();
    const again = await fetch(url, { headers: { "user-agent": ORDINARY_USER_AGENT } });
    expect(again.status).toBe(400);
    expect(await again.text()).toContain("This login is over");
    await expect.poll(() => login.isClosed(), { timeout: 10_000 }).toBe(true);
  });

  it("asks by itself which of several ad accounts is meant, and names what is odd about one", async () => {
    await home.getByRole("heading", { name: "Choose your ad account" }).waitFor();
    expect(await home.getByRole("radio").count()).toBe(3);
    expect(await home.getByRole("radio", { name: "Northbound US" }).isChecked()).toBe(true);
    await home.getByText("Disabled at Meta").waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await picture("meta-choose");
    await home.getByRole("button", { name: "Use this ad account" }).click();
  });

  it("fills with the API's figures once the ad history stands", async () => {
    await home.getByText(/Meta updated/).waitFor({ timeout: 90_000 });
    const { totals } = await last30Days();
    expect(Number(totals.spend)).toBeGreaterThan(0);
    await expect.poll(() => value("spend")).toBe(written(totals.spend, DOLLARS));
    expect(await value("mer")).toBe(`${written(totals.mer, TWO_DIGITS)}×`);
    expect(await value("roas")).toBe(`${written(totals.roas, TWO_DIGITS)}×`);
    expect(await value("cac")).toBe(written(totals.cac, DOLLARS));
  });

  it("tells revenue, spend and MER of every day in a table as well", async () => {
    await home.locator("[data-chart=marketing] .recharts-surface").waitFor();
    await home.getByRole("button", { name: "Show as table: Revenue against ad spend" }).click();
    const table = home.locator("[data-chart=marketing]").getByRole("table");
    await table.waitFor();
    const { daily } = await last30Days();
    expect(await table.getByRole("row").count()).toBeGreaterThan(daily.length);
    await home.getByRole("button", { name: "Show as chart: Revenue against ad spend" }).click();
  });

  it.each([1280, 375])(
    "has no violation of WCAG, no sideways scroll and no shift at %i pixels",
    async (width) => {
      await page.setViewportSize({ width, height: 1000 });
      await page.reload();
      await home.locator("[data-chart=marketing] .recharts-surface").waitFor();
      expect(await accessibilityProblems(page)).toEqual([]);
      expect(await frameOf(page).evaluate("window.shifted")).toEqual([]);
      const scrolled = await frameOf(page).evaluate("document.documentElement.scrollWidth");
      expect(scrolled).toBeLessThanOrEqual(width);
      await picture(`meta-${width}`);
      if (width > 1000 && process.env.UPDATE_SCREENSHOTS === "true") {
        await page.screenshot({ path: "docs/images/home.png" });
      }
    },
  );

  it("asks to log in again when Meta has ended the login, and goes on afterwards", async () => {
    await page.setViewportSize({ width: 1280, height: 1000 });
    await ofMeta("tokens/end", { reason: "password" });
    await askForUpdate();
    await page.reload();
    await home.getByText("Meta needs you to log in again").waitFor({ timeout: 30_000 });
    expect(await value("spend")).toMatch(/^\$/);
    await picture("meta-reconnect");
    const login = await openLogin("Log in at Meta");
    await login.getByRole("button", { name: "Continue" }).click();
    await home.getByText("Meta needs you to log in again").waitFor({ state: "detached" });
    await home.getByText(/Meta updated/).waitFor();
  });

  it("is disconnected by two presses, and offered again", async () => {
    await home.getByRole("button", { name: "Disconnect", exact: true }).click();
    await home.getByRole("button", { name: "Disconnect Meta" }).click();
    await home.getByText("See what your ads earn").waitFor();
    expect(await home.locator("[data-metric=spend]").count()).toBe(0);
    expect((await last30Days()).totals.spend).toBeNull();
  });

  it("never made the browser complain", () => {
    expect(complaints).toEqual([]);
  });
});

const DOLLARS = { style: "currency", currency: "USD" } as const;
const TWO_DIGITS = { minimumFractionDigits: 2, maximumFractionDigits: 2 } as const;

/** A decimal string as an American reads it: not by way of a float, which rounds otherwise. */
function written(decimal: unknown, options: Intl.NumberFormatOptions): string {
  const format = new Intl.NumberFormat("en-US", options);
  return format.format(String(decimal) as Intl.StringNumericLiteral);
}

async function last30Days() {
  const today = new Intl.DateTimeFormat("en-CA", { timeZone: "America/New_York" }).format();
  const from = new Date(Date.parse(`${today}T00:00:00Z`) - 29 * 86_400_000);
  return app.metrics({ from: from.toISOString().slice(0, 10), to: today });
}

async function ofMeta(path: string, body: object): Promise<void> {
  const answer = await fetch(`${app.stack.simulators}/_sim/meta/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`the stand-in answered ${answer.status} to ${path}`);
}

/** Presses "Try again" as the page would, so that nobody waits for the schedule. */
async function askForUpdate(): Promise<void> {
  const status = await frameOf(page).evaluate(
    `fetch("/app.data?index&platform=META", { method: "POST" }).then((answer) => answer.status)`,
  );
  expect(status).toBeLessThan(400);
}

/** For looking at; made on demand. */
async function picture(name: string): Promise<void> {
  const folder = process.env.SCREENSHOTS;
  if (!folder) return;
  const height = Number(await frameOf(page).evaluate("document.documentElement.scrollHeight"));
  const { width = 1280 } = page.viewportSize() ?? {};
  await page.setViewportSize({ width, height: height + 80 });
  await page.waitForTimeout(400);
  await page.screenshot({ path: `${folder}/${name}.png` });
  await page.setViewportSize({ width, height: 1000 });
}
