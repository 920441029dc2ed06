import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ORDINARY_USER_AGENT } from "../../scripts/demo/install";
import { freePort } from "../../scripts/lib/free-port";
import { launchBrowser } from "../harness/browser";
import { startWholeApp, type WholeApp } from "../harness/whole-app";

let app: WholeApp;
let browser: Browser;
let page: Page;
/** The app's address in the admin, under Shopify's own name. */
let inAdmin = "";

beforeAll(async () => {
  const httpsPort = await freePort();
  app = await startWholeApp({ seed: 5, orders: 300, httpsPort });
  await app.install();
  browser = await launchBrowser(httpsPort);
  inAdmin = `https://admin.shopify.com${new URL(app.adminUrl).pathname}`;
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
});
beforeEach(async () => {
  await page?.close();
  page = await browser.newPage({ userAgent: ORDINARY_USER_AGENT });
  await page.goto(inAdmin);
  await chosen("Last 30 days");
});

const chosen = (range: string) =>
  page
    .frameLocator("#app-frame")
    .getByRole("button", { name: `Date range: ${range}` })
    .waitFor();

async function goInFrame(address: string): Promise<void> {
  const frame = page.frame({ name: "app-iframe" });
  if (!frame) throw new Error("the app is not framed");
  await frame.evaluate(`void location.assign(${JSON.stringify(address)})`);
}

const SHOP_AND_HOST = () => {
  const store = app.shop.replace(".myshopify.com", "");
  const host = Buffer.from(`admin.shopify.com/store/${store}`).toString("base64url");
  return `shop=${app.shop}&host=${host}&embedded=1`;
};

describe("the app under Shopify's own names", () => {
  it("leaves the frame for another address and comes back", async () => {
    const back = `${inAdmin}/app?range=last_7`;
    await goInFrame(`/auth/exit-iframe?${SHOP_AND_HOST()}&exitIframe=${encodeURIComponent(back)}`);
    await page.waitForURL(back);
    await chosen("Last 7 days");
  });

  it("gets a session token over the bounce page when it is opened without one", async () => {
    await goInFrame(`/app?${SHOP_AND_HOST()}&range=yesterday`);
    await chosen("Yesterday");
  });

  it("is gone after an uninstall, and back after another install, with its figures", async () => {
    await page.getByText("Store settings").click();
    await page.getByRole("button", { name: "Uninstall Merit" }).click();
    const install = page.getByRole("button", { name: "Install", exact: true });
    await install.waitFor();
    await expect.poll(() => refused()).toBe(true);
    await install.click();
    await page.frameLocator("#app-frame").getByText("Your order history is loaded").waitFor();
    expect((await app.metrics()).history_complete).toBe(true);
  });
});

/** An uninstalled shop is answered to nobody. */
async function refused(): Promise<boolean> {
  return app.metrics().then(
    () => false,
    () => true,
  );
}
