import pg from "pg";

export const SHOP_ID = "explain.myshopify.com";

interface Shop {
  /** Null when each payload says its own. */
  currency: string | null;
  timezone: string;
}

/**
 * The one shop of the throwaway database. Its history counts as whole, so that a customer is new
 * with the one order that is looked at.
 */
export async function createShop(
  urls: { admin: string; worker: string },
  shop: Shop,
): Promise<void> {
  const url = new URL(urls.admin);
  url.pathname = new URL(urls.worker).pathname;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    await client.query(
      `WITH account AS (
         INSERT INTO app_dashboard.accounts (kind, name) VALUES ('MERCHANT', $1) RETURNING id
       )
       INSERT INTO app_dashboard.shops (shop_id, account_id, name, currency, iana_timezone, installed_at)
       SELECT $1, account.id, $1, $2, $3, now() FROM account`,
      [SHOP_ID, shop.currency, shop.timezone],
    );
  } finally {
    await client.end();
  }
}
