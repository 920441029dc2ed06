import type pg from "pg";

/** Streams that are read on from where they were left. */
export type Stream = "orders";

/** Up to which instant a stream is surely stored; null before its first complete read. */
export async function readWatermark(
  client: pg.ClientBase,
  shopId: string,
  stream: Stream,
): Promise<Date | null> {
  const { rows } = await client.query<{ watermark: Date | null }>(
    `SELECT watermark FROM app_dashboard.sync_cursors
     WHERE shop_id = $1 AND platform = 'SHOPIFY' AND stream = $2`,
    [shopId, stream],
  );
  return rows[0]?.watermark ?? null;
}

/**
 * Moves a watermark, never backwards, in the transaction of the data that it stands for. `detail`
 * is added to what is known of the stream.
 */
export async function moveWatermark(
  client: pg.ClientBase,
  shopId: string,
  stream: Stream,
  watermark: Date,
  detail: Readonly<Record<string, string>> = {},
): Promise<void> {
  await client.query(
    `INSERT INTO app_dashboard.sync_cursors AS stored
       (shop_id, platform, stream, watermark, detail, updated_at)
     VALUES ($1, 'SHOPIFY', $2, $3, $4::jsonb, now())
     ON CONFLICT (shop_id, platform, stream) DO UPDATE
     SET watermark = excluded.watermark,
       detail = coalesce(stored.detail, '{}') || excluded.detail, updated_at = excluded.updated_at
     WHERE stored.watermark IS NULL OR stored.watermark < excluded.watermark`,
    [shopId, stream, watermark, JSON.stringify(detail)],
  );
}
