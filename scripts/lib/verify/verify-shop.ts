import type pg from "pg";
import type { AdminClient } from "~/connectors/shopify/admin-client.server";
import { brokenIdentities } from "~/warehouse/reconciliation/broken-identities.server";
import { standingDifferences } from "~/warehouse/reconciliation/standing-differences.server";
import { shopSettings } from "~/warehouse/shop-settings.server";
import { againstShopify, differenceWords } from "./against-shopify";
import { rowCounts } from "./counts";
import { factsAgainstRaw } from "./facts-against-raw";
import { orphans } from "./orphans";
import { type Check, check, type VerifyReport } from "./report";
import { rollupDifferences } from "./rollup-differences";

/** Shopify may be away: then the rest must not wait for it. */
const SHOPIFY_MS = 30_000;
const ALL_DAYS = { from: "0001-01-01", to: "9999-12-31" };

/**
 * Looks at everything that is stored of a shop's orders, in the caller's transaction, and writes
 * nothing: what lost its parent, what does not follow from raw or facts, what differs from Shopify.
 */
export async function verifyShop(
  client: pg.ClientBase,
  shopId: string,
  admin: AdminClient,
  now: Date,
): Promise<VerifyReport> {
  const shopify = await againstShopify(client, shopId, admin, {
    now,
    signal: AbortSignal.timeout(SHOPIFY_MS),
  });
  const standing = [
    ...(await standingDifferences(client, shopId, "DAY")),
    ...(await standingDifferences(client, shopId, "MONTH")),
  ];
  const checks = [
    ...(await orphans(client, shopId)),
    ...(await factsAgainstRaw(client, shopId)),
    ...(await rollupDifferences(client, shopId)),
    ...(await identities(client, shopId)),
    check("differences that the reconciliation left", standing.map(differenceWords)),
    ...shopify.checks,
  ];
  return {
    shop: shopId,
    counts: { ...(await rowCounts(client, shopId)), ...shopify.counts },
    withoutShopify: shopify.missing,
    checks,
    ok: checks.every(({ found }) => found === 0),
  };
}

async function identities(client: pg.ClientBase, shopId: string): Promise<Check[]> {
  const { timezone } = await shopSettings(client, shopId);
  const broken = await brokenIdentities(client, shopId, timezone, ALL_DAYS);
  const words = (orders: typeof broken.orders_off_total_price) =>
    orders.map(
      ({ orderId, name, day, ledger, total }) =>
        `${name ?? orderId} of ${day}: its sales come to ${ledger}, its total is ${total}`,
    );
  return [
    check("sales against total_price", words(broken.orders_off_total_price)),
    check("ledger against current_total_price", words(broken.orders_off_current_total)),
  ];
}
