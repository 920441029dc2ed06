import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setImmediate as nextTurn } from "node:timers/promises";
import express, { type Request, type Response, Router } from "express";
import { z } from "zod";
import { appFrameUrl, staffMember } from "../admin/app-url";
import { operationNode } from "../bulk/api";
import { type KnownShop, knownShop, type SimulatorContext } from "../context";
import { changeScopes, installApp, uninstallApp } from "../installation";
import { mintSessionToken } from "../oauth/session-token";
import { protectedDataLevel } from "../protected-data";
import { restShop } from "../rest/shop";
import { faultRoutes } from "./faults";
import { liveRoutes } from "./live";

type Handler = (shop: KnownShop, request: Request, response: Response) => unknown;

/** `/_sim`: what tests and the demo ask of the stand-in itself. Not Shopify's. */
export function simRoutes(context: SimulatorContext): Router {
  const router = Router();
  router.use(express.json({ limit: "20mb" }));
  const forShop = (handler: Handler) => {
    return (request: Request, response: Response, next: (error: unknown) => void) => {
      const shop = knownShop(context, request.params.shop ?? "");
      if (!shop) {
        response.status(404).json({ error: "no such shop" });
        return;
      }
      Promise.resolve(handler(shop, request, response)).catch(next);
    };
  };

  router.use("/shops/:shop/faults", faultRoutes(context));
  router.use("/shops/:shop", liveRoutes(context));
  router.get("/shops", (_request, response) => {
    const shops = [...context.shops.keys()].flatMap((domain) => knownShop(context, domain) ?? []);
    response.json({ shops: shops.map(summaryOf) });
  });
  router.get(
    "/shops/:shop",
    forShop((shop, _request, response) => response.json(summaryOf(shop))),
  );
  router.get("/shops/:shop/orders.jsonl", forShop(writeTruth));
  router.get(
    "/shops/:shop/app-url",
    forShop(async (shop, request, response) => {
      const { path, user } = pathQuery.parse(request.query);
      response.json({ url: await appFrameUrl(context, shop, { path, userId: user }) });
    }),
  );
  router.get(
    "/shops/:shop/session-token",
    forShop(async (shop, request, response) => {
      const { user, expired, secret, key } = tokenQuery.parse(request.query);
      const token = await mintSessionToken({
        shop: shop.state.domain,
        userId: user ?? staffMember(shop).id,
        apiKey: key ?? context.apiKey,
        apiSecret: secret ?? context.apiSecret,
        now: context.now(),
        ...(expired ? { lifeSeconds: -120 } : {}),
      });
      response.json({ session_token: token });
    }),
  );
  router.post(
    "/shops/:shop/install",
    forShop((shop, _request, response) => {
      installApp(context, shop);
      response.json(summaryOf(shop));
    }),
  );
  router.post(
    "/shops/:shop/uninstall",
    forShop((shop, _request, response) => {
      uninstallApp(context, shop);
      response.json(summaryOf(shop));
    }),
  );
  router.post(
    "/shops/:shop/scopes",
    forShop((shop, request, response) => {
      const { scopes, grant, withdraw } = scopesBody.parse(request.body);
      const kept = (scopes ?? shop.state.scopes).filter((scope) => !withdraw.includes(scope));
      changeScopes(context, shop, [...new Set([...kept, ...grant])]);
      response.json(summaryOf(shop));
    }),
  );
  router.post(
    "/shops/:shop/protected-data",
    forShop((shop, request, response) => {
      shop.state.protectedData = protectedBody.parse(request.body).level;
      context.state.changed();
      response.json(summaryOf(shop));
    }),
  );
  router.post(
    "/shops/:shop/settings",
    forShop((shop, request, response) => {
      const { name, iana_timezone } = settingsBody.parse(request.body);
      if (name) shop.data.shop.name = name;
      if (iana_timezone) shop.data.shop.ianaTimezone = iana_timezone;
      context.webhooks.send(shop.state.domain, "shop/update", restShop(shop.data.shop));
      response.json(summaryOf(shop));
    }),
  );
  router.post(
    "/shops/:shop/webhooks",
    forShop((shop, request, response) => {
      const { topic, body } = webhookBody.parse(request.body);
      response.json({ deliveries: context.webhooks.send(shop.state.domain, topic, body) });
    }),
  );
  router.get(
    "/shops/:shop/bulk-operations",
    forShop((shop, _request, response) => {
      const operations = shop.state.bulkOperations.map((record) => ({
        ...operationNode(context, record),
        failure: record.failure,
      }));
      response.json({ operations });
    }),
  );
  router.get("/webhooks", (_request, response) => {
    response.json({ deliveries: context.webhooks.deliveries });
  });
  router.get("/requests", (_request, response) => {
    response.json({ requests: context.requests.all() });
  });
  return router;
}

const id = z.coerce.number().int().positive().optional();
const pathQuery = z.object({ path: z.string().startsWith("/").default("/"), user: id });
const tokenQuery = z.object({
  user: id,
  expired: z.string().optional(),
  secret: z.string().optional(),
  key: z.string().optional(),
});
const scopesBody = z.object({
  /** All of them; what is granted now when absent. */
  scopes: z.array(z.string()).optional(),
  grant: z.array(z.string()).default([]),
  withdraw: z.array(z.string()).default([]),
});
const protectedBody = z.object({
  level: z.union([z.literal(0), z.literal(1), z.literal(2)]),
});
/** What a merchant may change in the shop's settings; it lasts until the stand-in ends. */
const settingsBody = z.strictObject({
  name: z.string().min(1).optional(),
  iana_timezone: z.string().min(1).optional(),
});
const webhookBody = z.object({ topic: z.string(), body: z.unknown() });

function summaryOf(shop: KnownShop): Record<string, unknown> {
  const { orders, firstEventAt, lastEventAt } = shop.data.store.summary();
  const { domain, name, currency, ianaTimezone, plan } = shop.data.shop;
  return {
    shop: domain,
    name,
    currency,
    timezone: ianaTimezone,
    plan,
    orders,
    first_event_at: firstEventAt,
    last_event_at: lastEventAt,
    installed: shop.state.installed,
    scopes: shop.state.scopes,
    protected_data: protectedDataLevel(shop.state),
    staff: shop.state.staff,
  };
}

/** Every order whole, a line each, as fast as the reader takes them. */
async function writeTruth(shop: KnownShop, _request: Request, response: Response): Promise<void> {
  response.setHeader("Content-Type", "application/jsonl");
  try {
    await pipeline(Readable.from(orderLines(shop)), response);
  } catch (error) {
    if (!response.destroyed) throw error;
  }
}

async function* orderLines(shop: KnownShop): AsyncGenerator<string> {
  let turn = performance.now();
  for (const head of shop.data.heads("id")) {
    yield `${JSON.stringify(shop.data.order(head.id))}\n`;
    if (performance.now() - turn < 20) continue;
    await nextTurn();
    turn = performance.now();
  }
}
