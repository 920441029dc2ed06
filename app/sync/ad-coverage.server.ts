import type pg from "pg";
import { z } from "zod";
import type { Day } from "~/lib/time";

/** Which days of an ad account are stored: all from `from` to `to`, days of its own zone. */
export interface AdCoverage {
  from: Day;
  to: Day;
  /** Whether it reaches back as far as Meta tells. */
  complete: boolean;
}

/** An ad account that the shop reads. */
export interface AdAccountToSync {
  adAccountId: string;
  currency: string;
  /** IANA name. */
  timezone: string;
  /** null before its first days are stored. */
  coverage: AdCoverage | null;
}

/** What a commit of an ad account's days adds to its coverage. */
export const coverageChange = z.object({
  from: z.string().optional(),
  to: z.string().optional(),
  complete: z.boolean().optional(),
  /** Up to which instant everything is surely there; left out while it is not. */
  watermark: z.iso.datetime().optional(),
});
export type CoverageChange = z.infer<typeof coverageChange>;

const accountRows = z.array(
  z.object({
    ad_account_id: z.string(),
    currency: z.string(),
    iana_timezone: z.string(),
    covered: z
      .object({
        covered_from: z.string(),
        covered_to: z.string(),
        complete: z.boolean().default(false),
      })
      .nullable(),
  }),
);

const STREAM = "'insights:' || account.ad_account_id";

/** The ad accounts that the shop has chosen, with what is stored of each. */
export async function adAccountsToSync(
  client: pg.ClientBase,
  shopId: string,
): Promise<AdAccountToSync[]> {
  const { rows } = await client.query(
    `SELECT account.ad_account_id, account.currency, account.iana_timezone, cursor.detail AS covered
     FROM app_dashboard.ad_accounts AS account
     LEFT JOIN app_dashboard.sync_cursors AS cursor ON cursor.shop_id = account.shop_id
       AND cursor.platform = account.platform AND cursor.stream = ${STREAM}
     WHERE account.shop_id = $1 AND account.platform = 'META' AND account.selected
     ORDER BY account.ad_account_id`,
    [shopId],
  );
  return accountRows.parse(rows).map((row) => ({
    adAccountId: row.ad_account_id,
    currency: row.currency,
    timezone: row.iana_timezone,
    coverage: row.covered && {
      from: row.covered.covered_from,
      to: row.covered.covered_to,
      complete: row.covered.complete,
    },
  }));
}

/** Extends an ad account's coverage, never backwards, in the transaction of the days it stands for. */
export async function extendCoverage(
  client: pg.ClientBase,
  shopId: string,
  adAccountId: string,
  { from, to, complete, watermark }: CoverageChange,
): Promise<void> {
  await client.query(
    `INSERT INTO app_dashboard.sync_cursors AS stored
       (shop_id, platform, stream, watermark, detail, updated_at)
     VALUES ($1, 'META', 'insights:' || $2, $3, jsonb_build_object(
       'covered_from', $4::text, 'covered_to', $5::text, 'complete', $6::boolean), now())
     ON CONFLICT (shop_id, platform, stream) DO UPDATE SET
       watermark = greatest(stored.watermark, excluded.watermark),
       detail = jsonb_build_object(
         'covered_from', least(stored.detail ->> 'covered_from', $4::text),
         'covered_to', greatest(stored.detail ->> 'covered_to', $5::text),
         'complete', coalesce((stored.detail ->> 'complete')::boolean, false) OR $6::boolean),
       updated_at = excluded.updated_at`,
    [shopId, adAccountId, watermark ?? null, from ?? null, to ?? null, complete ?? false],
  );
}
