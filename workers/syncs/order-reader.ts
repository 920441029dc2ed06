import { createOrderReader, type OrderReader } from "~/connectors/shopify/orders.server";
import { orderMetafields } from "~/warehouse/shop-settings.server";
import { type SyncContext, transaction } from "./context";

/** A reader of the shop's orders, with the metafields that its settings ask for. */
export async function shopOrderReader(context: SyncContext, task: string): Promise<OrderReader> {
  const { admin, job, signal } = context;
  const metafields = await transaction(context, (client) => orderMetafields(client, job.shopId));
  return createOrderReader(admin, task, signal, { metafields });
}
