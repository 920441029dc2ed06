import { randomUUID } from "node:crypto";
import type { Session } from "@shopify/shopify-api";
import type { ShopDetails } from "~/connectors/shopify/shop-schemas";
import { enqueueSync } from "~/jobs/enqueue.server";
import { webDatabase } from "~/lib/db.server";
import { type TenantTx, tenantDb } from "~/lib/tenant-db.server";
import { PRIORITY } from "~/sync/priorities";
import { requestSync } from "~/sync/sync-jobs.server";
import { recordShopUser } from "~/tenancy/users.server";
import { type AdminGraphql, readShopDetails } from "./shop-details.server";

/**
 * Makes a shop at home here, after Shopify has let it in: account, shop, the person who opened the
 * app, and the loading of its history, all in one transaction. May be called any number of times;
 * only a new shop, or one that comes back, has its history queued. Reads the shop's details with
 * the session's own client; what that throws is passed on and leaves nothing behind.
 */
export async function installShop({
  session,
  graphql,
}: {
  session: Session;
  graphql: AdminGraphql;
}): Promise<void> {
  const shopId = session.shop;
  const details = await readShopDetails(graphql);
  const db = tenantDb(webDatabase(), { kind: "shop", shopId });
  const job = await db.tx(async (tx) => {
    // Two first requests at once must not make two accounts.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`merit:install:${shopId}`}, 0))`;
    const isNew = await writeShop(tx, shopId, details, session.scope ?? null);
    await recordSessionUser(tx, session);
    if (!isNew) return null;
    await tx.auditEntry.create({
      data: { shopId, actor: actorOf(session), action: "shop.installed" },
    });
    return requestSync(tx, {
      shopId,
      platform: "SHOPIFY",
      jobType: "HISTORICAL_INIT",
      requestedBy: "install",
      priority: PRIORITY.PERSON,
    });
  });
  if (job) await enqueueSync({ shopId, jobId: job.jobId, priority: PRIORITY.PERSON, delayMs: 0 });
}

/** True when the shop was not installed before. */
async function writeShop(
  tx: TenantTx,
  shopId: string,
  details: ShopDetails,
  scopes: string | null,
): Promise<boolean> {
  const known = await tx.shop.findUnique({ where: { shopId } });
  const { currency, ianaTimezone, ...plain } = details;
  // A shop's days and its series of figures hang on these two: of a known shop only the worker
  // changes them, together with the figures (workers/syncs/read-shop.ts).
  const present = { ...plain, scopes };
  if (!known) {
    const accountId = randomUUID();
    // createMany asks for nothing back: an account can be seen only once it has a shop.
    await tx.account.createMany({
      data: [{ id: accountId, kind: "MERCHANT", name: details.name }],
    });
    await tx.shop.create({
      data: { ...present, currency, ianaTimezone, shopId, accountId, installedAt: new Date() },
    });
    return true;
  }
  const isBack = known.uninstalledAt !== null || known.installedAt === null;
  // What happened while the app was away is not in the figures until the history was read again.
  const again = isBack
    ? {
        installedAt: new Date(),
        uninstalledAt: null,
        historyCompleteAt: null,
        figuresCompleteFrom: null,
      }
    : {};
  await tx.shop.update({ where: { shopId }, data: { ...present, ...again } });
  return isBack;
}

async function recordSessionUser(tx: TenantTx, session: Session): Promise<void> {
  const person = session.onlineAccessInfo?.associated_user;
  if (!person) return;
  await recordShopUser(tx, {
    shopId: session.shop,
    shopifyUserId: BigInt(person.id),
    email: person.email,
    emailVerified: person.email_verified,
    firstName: person.first_name,
    lastName: person.last_name,
    locale: person.locale,
  });
}

function actorOf(session: Session): string {
  const person = session.onlineAccessInfo?.associated_user;
  return person ? `shopify-user:${person.id}` : "shopify";
}
