import { z } from "zod";
import type { TenantDb } from "~/lib/tenant-db.server";
import { uninstallShop } from "./uninstall-shop.server";
import { wakeBulk } from "./wake-bulk.server";

/** A delivery that was signed by Shopify. */
export interface Delivery {
  /** The shop's myshopify domain. */
  shopId: string;
  webhookId: string;
  /** As in `app/uninstalled`. */
  topic: string;
  triggeredAt: Date;
}

/** What a delivery asks for; short work, that may be done twice. */
export type WebhookWork = (db: TenantDb, delivery: Delivery) => Promise<void>;

/** Reads a payload; null when it has not the form that its topic has. */
type Reader = (payload: unknown) => WebhookWork | null;

function topic<Schema extends z.ZodType>(
  schema: Schema,
  work: (db: TenantDb, delivery: Delivery, payload: z.infer<Schema>) => Promise<void>,
): Reader {
  return (payload) => {
    const read = schema.safeParse(payload);
    return read.success ? (db, delivery) => work(db, delivery, read.data) : null;
  };
}

const TOPICS: Record<string, Reader> = {
  "app/uninstalled": topic(z.looseObject({}), (db, { shopId, triggeredAt }) =>
    uninstallShop(db, { shopId, at: triggeredAt }),
  ),
  "app/scopes_update": topic(
    z.object({ current: z.array(z.string()) }),
    async (db, { shopId }, { current }) => {
      const scopes = current.join(",");
      await db.tx((tx) => tx.shop.updateMany({ where: { shopId }, data: { scopes } }));
    },
  ),
  // The operation may be another's, or its job may be looking just now: the poll comes anyway.
  "bulk_operations/finish": topic(
    z.object({ admin_graphql_api_id: z.string() }),
    async (db, _delivery, payload) => {
      await wakeBulk(db, payload.admin_graphql_api_id);
    },
  ),
};

/** What is subscribed to in shopify.app.toml. */
export const HANDLED_TOPICS = Object.keys(TOPICS);

const nothing: WebhookWork = async () => undefined;

/**
 * The work that a delivery asks for: none for a topic that nothing here handles (it is kept all the
 * same), null for a payload that is not JSON (undefined) or not of its topic's form.
 */
export function readWebhook(topic: string, payload: unknown): WebhookWork | null {
  if (payload === undefined) return null;
  const read = TOPICS[topic];
  return read ? read(payload) : nothing;
}
