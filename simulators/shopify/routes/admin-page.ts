import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import express, { Router } from "express";
import { appFrameUrl, staffMember } from "../admin/app-url";
import { adminPage, escapeHtml, installScreen } from "../admin/html";
import { type KnownShop, knownShop, type SimulatorContext } from "../context";
import { installApp, uninstallApp } from "../installation";
import { mintSessionToken } from "../oauth/session-token";
import { only } from "./routing";

const ASSETS = fileURLToPath(new URL("../admin/browser/", import.meta.url));
/** One script to the browser, a file a theme to its readers. */
const APP_BRIDGE = ["core", "fetch", "navigation", "elements"]
  .map((part) => readFileSync(`${ASSETS}app-bridge/${part}.js`, "utf8"))
  .join("\n");
/** Parameters that belong to the frame, not to the address a person sees. */
const FRAME_ONLY = [
  "embedded",
  "hmac",
  "host",
  "id_token",
  "locale",
  "session",
  "shop",
  "timestamp",
];

/** admin.shopify.com and the App Bridge script of cdn.shopify.com. */
export function adminPageRoutes(context: SimulatorContext): Router {
  const router = Router();
  const shopOf = (handle: string) => knownShop(context, `${handle}.myshopify.com`);
  const home = (handle: string) => `/store/${handle}/apps/${context.apiKey}`;

  router.get("/shopifycloud/app-bridge.js", (_request, response) => {
    response.set("Cache-Control", "no-store").type("text/javascript").send(APP_BRIDGE);
  });
  router.get("/_host/host.js", (_request, response) => {
    response.set("Cache-Control", "no-store").sendFile("host.js", { root: ASSETS });
  });
  router.get("/_host/host.css", (_request, response) => {
    response.set("Cache-Control", "no-store").sendFile("host.css", { root: ASSETS });
  });
  router.get("/_host/:handle/session-token", (request, response, next) => {
    const shop = shopOf(request.params.handle ?? "");
    if (!shop?.state.installed) {
      response.status(404).json({ error: "not installed" });
      return;
    }
    mintSessionToken({
      shop: shop.state.domain,
      userId: staffMember(shop).id,
      apiKey: context.apiKey,
      apiSecret: context.apiSecret,
      now: context.now(),
    })
      .then((token) => response.set("Cache-Control", "no-store").json({ token }))
      .catch(next);
  });
  router.post(
    "/_host/:handle/:action(install|uninstall)",
    express.urlencoded({ extended: false }),
    (request, response) => {
      const { handle = "", action } = request.params;
      const shop = shopOf(handle);
      if (!shop) {
        response.sendStatus(404);
        return;
      }
      const wanted = String(request.body.return_to ?? "");
      if (action === "install") installApp(context, shop);
      else uninstallApp(context, shop);
      response.redirect(303, wanted.startsWith(home(handle)) ? wanted : home(handle));
    },
  );
  router.get("/store/:handle/apps/:apiKey*", only("admin"), (request, response, next) => {
    const { handle = "", apiKey } = request.params;
    const shop = shopOf(handle);
    if (!shop || apiKey !== context.apiKey) {
      response.status(404).type("text/plain").send("There is no such store or app here.");
      return;
    }
    pageFor(context, shop, handle, request.originalUrl)
      .then((html) => response.set("Cache-Control", "no-store").type("html").send(html))
      .catch(next);
  });
  return router;
}

async function pageFor(
  context: SimulatorContext,
  shop: KnownShop,
  handle: string,
  originalUrl: string,
): Promise<string> {
  const base = `/store/${handle}/apps/${context.apiKey}`;
  const inside = new URL(originalUrl.slice(base.length) || "/", "http://inside");
  for (const name of FRAME_ONLY) inside.searchParams.delete(name);
  const { installed } = shop.state;
  const common = {
    title: `${context.appName} · ${shop.data.shop.name}`,
    shopName: shop.data.shop.name,
    appName: context.appName,
    storeHandle: handle,
    installed,
  };
  if (!installed) {
    const returnTo = originalUrl;
    const { scopes } = context.manifest;
    const main = installScreen({ appName: context.appName, storeHandle: handle, returnTo, scopes });
    return adminPage({ ...common, main, data: { base, appOrigin: null } });
  }
  const entry = new URL(context.appUrl);
  const path =
    inside.pathname === "/"
      ? `${entry.pathname}${inside.search}`
      : `${inside.pathname}${inside.search}`;
  const src = await appFrameUrl(context, shop, { path });
  const name = escapeHtml(context.appName);
  const main = `<iframe id="app-frame" name="app-iframe" title="${name}" data-src="${escapeHtml(src)}" allow="clipboard-write; fullscreen"></iframe>`;
  return adminPage({
    ...common,
    main,
    data: {
      base,
      appOrigin: entry.origin,
      tokenUrl: `/_host/${handle}/session-token`,
      frameOnly: FRAME_ONLY,
    },
  });
}
