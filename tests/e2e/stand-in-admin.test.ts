import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, FrameLocator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Running, SHOP } from "../../simulators/shopify/testing/running";
import { launchBrowser } from "../harness/browser";
import { type FramedApp, startFramedApp } from "./framed-app";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let browser: Browser;
let running: Running;
let app: FramedApp;
let bridgeUrl = "";
let page: Page;
let frame: FrameLocator;
const complaints: string[] = [];

beforeAll(async () => {
  app = await startFramedApp(() => bridgeUrl);
  running = await Running.start({ appUrl: app.url, httpsPort: 0, now: () => new Date() });
  bridgeUrl = `${running.simulator.origin}/shopifycloud/app-bridge.js`;
  browser = await launchBrowser(Number(new URL(running.simulator.httpsOrigin ?? "").port));
});
afterAll(async () => {
  await browser?.close();
  await running?.stop();
  app?.stop();
});
beforeEach(async () => {
  complaints.length = 0;
  await running.sim(`/shops/${SHOP}/install`, { method: "POST" });
  page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  frame = page.frameLocator("#app-frame");
});
afterEach(async () => {
  await page.close();
});

const open = async (path = "") => {
  await page.goto(running.simulator.adminUrl(SHOP, path));
  await page.locator("#app-navigation a").first().waitFor();
};
const heading = (path: string) => frame.getByRole("heading", { name: `At ${path}`, exact: true });
const inApp = <T>(script: string): Promise<T> => {
  const inner = page.frame({ name: "app-iframe" });
  if (!inner) throw new Error("the app is not framed");
  return inner.evaluate(script);
};
const shownAt = (path: string) =>
  page.waitForURL((url) => url.pathname.endsWith(`/apps/test-key${path}`));

describe("the stand-in admin in a browser", () => {
  it("installs, frames the app, uninstalls; its store menu and install page pass axe", async () => {
    await running.sim(`/shops/${SHOP}/uninstall`, { method: "POST" });
    await page.goto(running.simulator.adminUrl(SHOP));
    expect(await violations()).toEqual([]);
    await page.getByRole("button", { name: "Install", exact: true }).click();
    await heading("/app").waitFor();
    expect(await violations()).toEqual([]);
    await page.getByText("Store settings").click();
    await page.getByRole("button", { name: "Uninstall Merit" }).click();
    await page.getByRole("heading", { name: "Install Merit" }).waitFor();
    expect(complaints).toEqual([]);
  });

  it("navigates from the admin, keeps the place over back, forward and reload", async () => {
    await open();
    await page.locator("#app-navigation").getByRole("link", { name: "Settings" }).click();
    await heading("/app/settings").waitFor();
    await shownAt("/app/settings");
    await page.goBack();
    await heading("/app").waitFor();
    await shownAt("/app");
    await page.goForward();
    await heading("/app/settings").waitFor();
    await shownAt("/app/settings");
    await page.reload();
    await heading("/app/settings").waitFor();
    expect(new URL(page.url()).search).toBe("");
    expect(complaints).toEqual([]);
  });

  it("gives each call a fresh token, and a new one when the first is refused", async () => {
    await open();
    app.authorizations.length = 0;
    expect(await inApp(`fetch("/api/stale").then((response) => response.status)`)).toBe(200);
    expect(app.authorizations).toHaveLength(2);
    expect(new Set(app.authorizations).size).toBe(2);
    for (const value of app.authorizations) expect(value).toMatch(/^Bearer ey/);
  });

  it("shows toasts, title actions, the save bar, modals and loading", async () => {
    await open();
    const clicked = (id: string) => frame.locator(`body[data-clicked=${id}]`).waitFor();
    expect(await page.locator("h1").textContent()).toBe("Overview");
    await page.getByRole("button", { name: "Act" }).click();
    await clicked("act");
    await inApp(`shopify.toast.show("Saved it", { duration: 300 }); shopify.loading(true)`);
    await page.getByText("Saved it").waitFor();
    await page.locator("#loading").waitFor();
    await page.getByText("Saved it").waitFor({ state: "detached" });
    await inApp(`shopify.saveBar.show("bar")`);
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await clicked("save");
    await page.getByRole("button", { name: "Discard" }).click();
    await clicked("drop");
    await inApp(`shopify.saveBar.hide("bar")`);
    await page.locator("#save-bar").waitFor({ state: "hidden" });
    await inApp(`shopify.modal.show("modal")`);
    await frame.getByRole("dialog").getByText("Inside the modal").waitFor();
    await inApp(`shopify.modal.hide("modal")`);
    await frame.getByRole("dialog").waitFor({ state: "detached" });
    expect(complaints).toEqual([]);
  });

  it("bounces back with a token, and leaves the frame when the app asks", async () => {
    await open();
    await inApp(`location.assign("/bounce?shopify-reload=" + encodeURIComponent("/app/back"))`);
    await heading("/app/back").waitFor();
    expect(await inApp(`new URLSearchParams(location.search).get("id_token")`)).toMatch(/^ey/);
    await inApp(`void fetch("/api/leave")`);
    await page.waitForURL(`${new URL(app.url).origin}/outside`);
  });

  it("fits 375 pixels with its menu", async () => {
    await page.setViewportSize({ width: 375, height: 700 });
    await page.goto(running.simulator.adminUrl(SHOP));
    await heading("/app").waitFor();
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(375);
    await page.getByRole("button", { name: "Menu" }).click();
    await page.locator("#app-navigation").getByRole("link", { name: "Settings" }).click();
    await heading("/app/settings").waitFor();
    expect(await page.locator("#app-navigation").isVisible()).toBe(false);
    expect(await violations()).toEqual([]);
  });

  it("works under Shopify's own host names over HTTPS", async () => {
    const plain = bridgeUrl;
    bridgeUrl = "https://cdn.shopify.com/shopifycloud/app-bridge.js";
    try {
      await page.goto("https://admin.shopify.com/store/tiny/apps/test-key/app/settings");
      await heading("/app/settings").waitFor();
      expect(await inApp("shopify.idToken()")).toMatch(/^ey/);
    } finally {
      bridgeUrl = plain;
    }
  });
});

async function violations(): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(
    `axe.run({ iframes: false }).then((found) => found.violations.map((one) => one.id))`,
  );
}
