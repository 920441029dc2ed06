import { z } from "zod";
import type { TenantTx } from "~/lib/tenant-db.server";
import type { Day, DayRange } from "~/lib/time";

const rowSchema = z.object({
  ad_account_id: z.string(),
  currency: z.string(),
  iana_timezone: z.string(),
  covered_from: z.string().nullable(),
  covered_to: z.string().nullable(),
  complete: z.boolean(),
});

export interface AdCoverage {
  /** Whether the shop has chosen an ad account. */
  connected: boolean;
  /** The chosen ad accounts whose money is the shop's: the others are never added to them. */
  accountIds: string[];
  /** IANA names, each once. */
  timezones: string[];
  /** Currencies of chosen ad accounts that do not count, each once. */
  otherCurrencies: string[];
  /** Whether everything that Meta tells of the counting ad accounts is stored. */
  historyComplete: boolean;
  /** Days stored of every counting ad account (days of its own zone); null when there are none. */
  known: { from: Day; to: Day } | null;
}

/** Which ad accounts count for a shop in its currency, and which of their days are stored. */
export async function adCoverage(
  tx: TenantTx,
  shopId: string,
  currency: string,
): Promise<AdCoverage> {
  const rows = z.array(rowSchema).parse(
    await tx.$queryRaw`
      SELECT account.ad_account_id, account.currency, account.iana_timezone,
        cursor.detail ->> 'covered_from' AS covered_from,
        cursor.detail ->> 'covered_to' AS covered_to,
        coalesce((cursor.detail ->> 'complete')::boolean, false) AS complete
      FROM app_dashboard.ad_accounts AS account
      LEFT JOIN app_dashboard.sync_cursors AS cursor ON cursor.shop_id = account.shop_id
        AND cursor.platform = account.platform
        AND cursor.stream = 'insights:' || account.ad_account_id
      WHERE account.shop_id = ${shopId} AND account.selected
      ORDER BY account.ad_account_id`,
  );
  const counting = rows.filter((row) => row.currency === currency);
  const others = rows.filter((row) => row.currency !== currency);
  return {
    connected: rows.length > 0,
    accountIds: counting.map(({ ad_account_id }) => ad_account_id),
    timezones: unique(counting.map(({ iana_timezone }) => iana_timezone)),
    otherCurrencies: unique(others.map((row) => row.currency)),
    historyComplete: counting.length > 0 && counting.every(({ complete }) => complete),
    known: knownDays(counting),
  };
}

/** The days that all of them cover: a sum that lacks an ad account is not a sum. */
function knownDays(rows: readonly z.infer<typeof rowSchema>[]): DayRange | null {
  const starts = rows.map(({ covered_from }) => covered_from).sort();
  const ends = rows.map(({ covered_to }) => covered_to).sort();
  const from = starts.includes(null) ? null : starts.at(-1);
  const to = ends.includes(null) ? null : ends.at(0);
  return from && to && from <= to ? { from, to } : null;
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}
