import { z } from "zod";
import type { TenantDb } from "~/lib/tenant-db.server";
import { type DirtyMark, markDirty } from "~/sync/dirty-marks.server";
import type { Delivery } from "./handle-webhook.server";

interface Kept {
  /** Shopify's, without the signature. */
  headers: Readonly<Record<string, string | undefined>>;
  body: string;
  /** What the delivery says has changed; null for other deliveries. */
  mark: DirtyMark | null;
}

const knownRows = z.array(z.object({ processed: z.boolean() })).max(1);

/**
 * Stores a delivery once, whichever of its ids (delivery or event) comes again, and in the same
 * transaction marks what it is about: then nothing is left to be done. True while a delivery without
 * a mark has still to be acted upon: it is new, or an earlier try got no further.
 */
export async function keepWebhook(
  db: TenantDb,
  { shopId, webhookId, topic, triggeredAt }: Delivery,
  { headers, body, mark }: Kept,
): Promise<boolean> {
  const eventId = headers["x-shopify-event-id"] ?? null;
  const version = headers["x-shopify-api-version"] ?? null;
  return db.tx(async (tx) => {
    const isNew = await tx.$executeRaw`
      INSERT INTO staging_ingest.shopify_webhooks_raw
        (shop_id, webhook_id, event_id, topic, api_version, triggered_at, headers, body, processed_at)
      VALUES (${shopId}, ${webhookId}, ${eventId}, ${topic}, ${version}, ${triggeredAt},
        ${JSON.stringify(headers)}::jsonb, ${body}, CASE WHEN ${mark !== null} THEN now() END)
      ON CONFLICT DO NOTHING`;
    const rows = isNew
      ? []
      : await tx.$queryRaw`
          SELECT processed_at IS NOT NULL AS processed FROM staging_ingest.shopify_webhooks_raw
          WHERE shop_id = ${shopId} AND webhook_id = ${webhookId}`;
    const [known] = knownRows.parse(rows);
    // Known by its event alone: one event may be about several things of one topic.
    if (mark && !known) await markDirty(tx, shopId, mark);
    if (mark) return false;
    return isNew > 0 || known?.processed === false;
  });
}

/** Notes that a delivery was acted upon. */
export async function markProcessed(db: TenantDb, { shopId, webhookId }: Delivery): Promise<void> {
  await db.tx(
    (tx) => tx.$executeRaw`
      UPDATE staging_ingest.shopify_webhooks_raw SET processed_at = now()
      WHERE shop_id = ${shopId} AND webhook_id = ${webhookId}`,
  );
}
