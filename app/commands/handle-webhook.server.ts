import { z } from "zod";
import type { TenantDb } from "~/lib/tenant-db.server";
import type { DirtyMark } from "~/sync/dirty-marks.server";
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

/** What a delivery asks for: a mark (its content is not used), or short work that may be done twice. */
export type WebhookMeaning =
  | { kind: "mark"; mark: DirtyMark }
  | { kind: "work"; work: (db: TenantDb, delivery: Delivery) => Promise<void> }
  | { kind: "nothing" };

/** Reads a payload; null when it has not the form that its topic has. */
type Reader = (payload: unknown) => WebhookMeaning | null;

function topic<Schema extends z.ZodType>(
  schema: Schema,
  work: (db: TenantDb, delivery: Delivery, payload: z.infer<Schema>) => Promise<void>,
): Reader {
  return (payload) => {
    const read = schema.safeParse(payload);
    if (!read.success) return null;
    return { kind: "work", work: (db, delivery) => work(db, delivery, read.data) };
  };
}

function marksOrder<Schema extends z.ZodType>(
  schema: Schema,
  idOf: (payload: z.infer<Schema>) => string,
  deleted = false,
): Reader {
  return (payload) => {
    const read = schema.safeParse(payload);
    if (!read.success) return null;
    return { kind: "mark", mark: { resource: "ORDER", id: idOf(read.data), deleted } };
  };
}

/** Numbers above 2^53 come as their digits (exact-json.ts). */
const restId = z
  .union([z.number().int().positive(), z.string().regex(/^[1-9]\d{0,17}$/)])
  .transform(String);
const withId = z.object({ id: restId });
const withOrderId = z.object({ order_id: restId });

const order = marksOrder(withId, ({ id }) => id);
const partOfOrder = marksOrder(withOrderId, ({ order_id }) => order_id);

const TOPICS: Record<string, Reader> = {
  "orders/create": order,
  "orders/updated": order,
  "orders/paid": order,
  "orders/cancelled": order,
  "orders/fulfilled": order,
  "orders/edited": marksOrder(
    z.object({ order_edit: withOrderId }),
    ({ order_edit }) => order_edit.order_id,
  ),
  "orders/delete": marksOrder(withId, ({ id }) => id, true),
  "refunds/create": partOfOrder,
  "order_transactions/create": partOfOrder,
  "shop/update": (payload) =>
    z.looseObject({}).safeParse(payload).success
      ? { kind: "mark", mark: { resource: "SHOP", id: "0", deleted: false } }
      : null,
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

/**
 * What a delivery asks for: nothing for a topic that nobody here handles (it is kept all the same),
 * null for a payload that is not JSON (undefined) or not of its topic's form.
 */
export function readWebhook(topic: string, payload: unknown): WebhookMeaning | null {
  if (payload === undefined) return null;
  const read = TOPICS[topic];
  return read ? read(payload) : { kind: "nothing" };
}
