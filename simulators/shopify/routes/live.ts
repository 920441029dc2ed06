import { randomInt } from "node:crypto";
import { type NextFunction, type Request, type Response, Router } from "express";
import { z } from "zod";
import { type KnownShop, knownShop, type SimulatorContext } from "../context";
import { ImpossibleError } from "../live/change-order";
import {
  costChange,
  customerChange,
  ORDER_ACTIONS,
  type OrderAction,
  productChange,
} from "../live/events";
import { happen } from "../live/happen";
import { goLive, orderRate } from "../live/keep-ordering";
import type { Happening } from "../live/live-store";

const placeBody = z.strictObject({
  count: z.number().int().min(1).max(1_000).default(1),
  seed: z.number().int().nonnegative().optional(),
});
const liveBody = z.strictObject({ orders_per_minute: orderRate });
const pathId = z.coerce.number().int().positive();

/** `/_sim/shops/:shop/…`: lets things happen to a store, each with the webhooks Shopify would send. */
export function liveRoutes(context: SimulatorContext): Router {
  const router = Router({ mergeParams: true });
  const act = (handler: (shop: KnownShop, request: Request) => unknown) => {
    return (request: Request, response: Response, next: NextFunction) => {
      const shop = knownShop(context, request.params.shop ?? "");
      if (!shop) {
        response.status(404).json({ error: "no such shop" });
        return;
      }
      try {
        response.json(handler(shop, request));
      } catch (error) {
        if (error instanceof ImpossibleError) response.status(422).json({ error: error.message });
        else next(error);
      }
    };
  };

  router.post(
    "/orders",
    act((shop, request) => {
      const { count, seed } = placeBody.parse(request.body);
      const placed = Array.from({ length: count }, (_, n) =>
        happen(context, shop, { kind: "place", seed: (seed ?? randomInt(2 ** 31)) + n }),
      );
      return { orders: placed.map(told) };
    }),
  );
  router.post(
    "/orders/:id/:action(refund|edit|cancel|delete|fulfill|pay)",
    act((shop, request) => {
      const action = request.params.action as OrderAction;
      const input = ORDER_ACTIONS[action].parse(request.body ?? {});
      const orderId = pathId.parse(request.params.id);
      return told(happen(context, shop, { kind: "order", action, orderId, input }));
    }),
  );
  router.post(
    "/products/:id",
    act((shop, request) => {
      const input = productChange.parse(request.body);
      const productId = pathId.parse(request.params.id);
      return told(happen(context, shop, { kind: "product", productId, input }));
    }),
  );
  router.post(
    "/inventory-items/:id",
    act((shop, request) => {
      const input = costChange.parse(request.body);
      const inventoryItemId = pathId.parse(request.params.id);
      return told(happen(context, shop, { kind: "cost", inventoryItemId, input }));
    }),
  );
  router.post(
    "/customers",
    act((shop, request) => {
      const input = customerChange.parse(request.body);
      return told(happen(context, shop, { kind: "newCustomer", input }));
    }),
  );
  router.post(
    "/customers/:id/delete",
    act((shop, request) => {
      const customerId = pathId.parse(request.params.id);
      return told(happen(context, shop, { kind: "customerDeleted", customerId }));
    }),
  );
  router.post(
    "/customers/:id",
    act((shop, request) => {
      const input = customerChange.parse(request.body);
      const customerId = pathId.parse(request.params.id);
      return told(happen(context, shop, { kind: "customer", customerId, input }));
    }),
  );
  router.get(
    "/unit-costs",
    act((shop) => ({ items: unitCosts(shop) })),
  );
  router.post(
    "/live",
    act((shop, request) => {
      goLive(context, shop, liveBody.parse(request.body).orders_per_minute);
      return liveAnswer(shop);
    }),
  );
  router.get("/live", act(liveAnswer));
  return router;
}

/** The pace, and until when on the stand-in's clock the orders have come. */
function liveAnswer({ state: { live } }: KnownShop): Record<string, unknown> {
  const reached = live?.orders_per_minute ? live.reached : undefined;
  return {
    orders_per_minute: live?.orders_per_minute ?? 0,
    reached: reached === undefined ? null : new Date(reached).toISOString(),
  };
}

function told({ order, announcements }: Happening): Record<string, unknown> {
  return {
    ...(order ? { id: order.id, name: order.name, lines: linesOf(order.lines) } : {}),
    topics: announcements.map((one) => one.topic),
  };
}

function linesOf(lines: { id: number; quantity: number }[]): unknown[] {
  return lines.map(({ id, quantity }) => ({ id, quantity }));
}

/** Every cost that every item ever had: what the app can only know by looking in time. */
function unitCosts(shop: KnownShop): unknown[] {
  const catalogue = shop.data.store.records?.catalogue ?? [];
  return catalogue.flatMap((product) =>
    product.variants.map((variant) => ({
      inventory_item_id: variant.inventoryItemId,
      sku: variant.sku,
      costs: variant.costHistory.map(({ since, cost }) => ({
        since: new Date(since).toISOString(),
        cost_minor: cost,
      })),
    })),
  );
}
