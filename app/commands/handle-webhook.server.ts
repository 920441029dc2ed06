import { z } from "zod";
import type { TenantDb } from "~/lib/tenant-db.server";
import { uninstallShop } from "./uninstall-shop.server";
import { wakeBulk } from "./wake-bulk.server";

/** A delivery that was signed by Shopify, and stored. */
export interface Delivery {
  /** The shop's myshopify domain. */
  shopId: string;
  webhookId: string;
  /** As in `app/uninstalled`. */
  topic: string;
  triggeredAt: Date;
  payload: unknown;
}

type Handler = (db: TenantDb, delivery: Delivery) => Promise<void>;

const bulkFinish = z.object({ admin_graphql_api_id: z.string() });
const scopesUpdate = z.object({ current: z.array(z.string()) });

const HANDLERS: Record<string, Handler> = {
  "app/uninstalled": (db, { shopId, triggeredAt }) =>
    uninstallShop(db, { shopId, at: triggeredAt }),
  "app/scopes_update": async (db, { shopId, payload }) => {
    const scopes = scopesUpdate.parse(payload).current.join(",");
    await db.tx((tx) => tx.shop.updateMany({ where: { shopId }, data: { scopes } }));
  },
  // The operation may be another's, or its job may be looking just now: the poll comes anyway.
  "bulk_operations/finish": async (db, { payload }) => {
    await wakeBulk(db, bulkFinish.parse(payload).admin_graphql_api_id);
  },
};

/** What is subscribed to in shopify.app.toml. */
export const HANDLED_TOPICS = Object.keys(HANDLERS);

/** Does what the topic asks for; false when nothing here handles it. */
export async function handleWebhook(db: TenantDb, delivery: Delivery): Promise<boolean> {
  const handler = HANDLERS[delivery.topic];
  if (!handler) return false;
  await handler(db, delivery);
  return true;
}
