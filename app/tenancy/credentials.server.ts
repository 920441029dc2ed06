import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { ShopCredential } from "@prisma/client";
import type { SecretBox } from "~/lib/crypto.server";
import { NeedsUserError, RetryableError } from "~/lib/errors";
import { shopOf, type TenantDb } from "~/lib/tenant-db.server";
import {
  credentialBox,
  type OfflineTokens,
  openTokens,
  SHOPIFY_OFFLINE,
  sealTokens,
} from "./credential-row.server";

/** What Shopify answers to a refresh: both tokens are new. */
export type TokenAnswer = OfflineTokens & { accessToken: string };

interface RefreshOptions {
  /**
   * Asks Shopify for new tokens. Throws NeedsUserError when the refresh token is dead and
   * RetryableError when Shopify cannot answer; the old one then stays usable.
   */
  refresh: (refreshToken: string) => Promise<TokenAnswer>;
  now?: Date;
  box?: SecretBox;
}

const REFRESH_BEFORE_MS = 5 * 60_000;
/** Longer than a refresh may take, so that a lease outlives only its owner's death. */
const LEASE_SECONDS = 30;
const WAIT_MS = 45_000;
const POLL_MS = 100;
const TASK = "refresh_token";

/** The shop's tokens, or null when it has none. */
export async function readTokens(
  db: TenantDb,
  { box = credentialBox() }: { box?: SecretBox } = {},
): Promise<OfflineTokens | null> {
  const row = await readRow(db);
  return row && openTokens(box, row);
}

/**
 * Stores tokens that came by another way than `getAccessToken` (install, token exchange, the
 * library's own refresh). The later to expire wins, so that a slow answer never replaces a newer
 * one. Answers whether they were taken.
 */
export async function storeTokens(
  db: TenantDb,
  tokens: OfflineTokens,
  { box = credentialBox() }: { box?: SecretBox } = {},
): Promise<boolean> {
  const shopId = shopOf(db);
  const sealed = sealTokens(box, shopId, tokens);
  const taken = await db.tx(
    (tx) => tx.$executeRaw`
      INSERT INTO app_dashboard.shop_credentials AS held (
        shop_id, kind, access_token, refresh_token, key_id, scopes, expires_at, refresh_expires_at
      ) VALUES (
        ${shopId}, ${SHOPIFY_OFFLINE}, ${sealed.accessToken}::bytea, ${sealed.refreshToken}::bytea,
        ${sealed.keyId}, ${tokens.scopes}, ${tokens.expiresAt}::timestamptz,
        ${tokens.refreshExpiresAt}::timestamptz
      )
      ON CONFLICT (shop_id, kind) DO UPDATE SET
        access_token = excluded.access_token,
        refresh_token = excluded.refresh_token,
        key_id = excluded.key_id,
        scopes = excluded.scopes,
        expires_at = excluded.expires_at,
        refresh_expires_at = excluded.refresh_expires_at,
        version = held.version + 1,
        lease_owner = NULL,
        lease_until = NULL,
        updated_at = now()
      WHERE held.access_token IS NULL OR held.expires_at IS NULL OR excluded.expires_at IS NULL
        OR excluded.expires_at >= held.expires_at`,
  );
  return taken === 1;
}

/** Forgets an access token that Shopify refused, unless a newer one took its place meanwhile. */
export async function dropAccessToken(db: TenantDb, expiresAt: Date | null): Promise<void> {
  await db.tx((tx) =>
    tx.shopCredential.updateMany({
      where: { shopId: shopOf(db), kind: SHOPIFY_OFFLINE, expiresAt },
      data: { accessToken: null, version: { increment: 1 } },
    }),
  );
}

/** Forgets the shop's tokens. Answers whether there were any. */
export async function deleteTokens(db: TenantDb): Promise<boolean> {
  const { count } = await db.tx((tx) =>
    tx.shopCredential.deleteMany({ where: { shopId: shopOf(db), kind: SHOPIFY_OFFLINE } }),
  );
  return count > 0;
}

/**
 * An access token that is good for five minutes at least. Refreshes it when it is not: one process
 * at a time, by a lease in the row; the others wait for its result. An answer that was lost costs
 * nothing: the old refresh token stays in the row, and Shopify takes it until its replacement is
 * first used. Throws NeedsUserError `SHOPIFY_RECONNECT` when only opening the app again helps,
 * RetryableError when Shopify or the lease's owner takes too long.
 */
export async function getAccessToken(db: TenantDb, options: RefreshOptions): Promise<string> {
  const { now = new Date(), box = credentialBox() } = options;
  const owner = randomUUID();
  for (let waited = 0; waited < WAIT_MS; waited += POLL_MS) {
    const row = await readRow(db);
    const tokens = row && openTokens(box, row);
    if (!row || !tokens) throw reconnect("The app has no access to this shop yet.");
    if (tokens.accessToken && lasts(tokens.expiresAt, now, REFRESH_BEFORE_MS)) {
      return tokens.accessToken;
    }
    if (!tokens.refreshToken || !lasts(tokens.refreshExpiresAt, now, 0)) {
      if (tokens.accessToken && lasts(tokens.expiresAt, now, 0)) return tokens.accessToken;
      throw reconnect("The app's access to this shop has expired.");
    }
    if (!(await takeLease(db, row.version, owner))) {
      await sleep(POLL_MS);
      continue;
    }
    const fresh = await refreshUnderLease(db, row, tokens, { ...options, now, box, owner });
    if (fresh) return fresh;
  }
  throw new RetryableError("Another process is still refreshing this shop's token.", {
    code: "TOKEN_REFRESH_BUSY",
    task: TASK,
  });
}

type UnderLease = Required<RefreshOptions> & { owner: string };

/** The new token, or null when the row changed meanwhile and must be read again. */
async function refreshUnderLease(
  db: TenantDb,
  { version }: ShopCredential,
  tokens: OfflineTokens,
  { refresh, now, box, owner }: UnderLease,
): Promise<string | null> {
  let answer: TokenAnswer;
  try {
    answer = await refresh(tokens.refreshToken ?? "");
  } catch (error) {
    const unchanged = await releaseLease(db, version, owner);
    if (!unchanged) return null;
    const usable = tokens.accessToken && lasts(tokens.expiresAt, now, 0);
    if (usable && error instanceof RetryableError) return tokens.accessToken;
    throw error;
  }
  const sealed = sealTokens(box, shopOf(db), answer);
  const swapped = await db.tx((tx) =>
    tx.shopCredential.updateMany({
      where: { shopId: shopOf(db), kind: SHOPIFY_OFFLINE, version },
      data: {
        accessToken: sealed.accessToken && new Uint8Array(sealed.accessToken),
        refreshToken: sealed.refreshToken && new Uint8Array(sealed.refreshToken),
        keyId: sealed.keyId,
        scopes: answer.scopes ?? tokens.scopes,
        expiresAt: answer.expiresAt,
        refreshExpiresAt: answer.refreshExpiresAt,
        version: { increment: 1 },
        leaseOwner: null,
        leaseUntil: null,
      },
    }),
  );
  return swapped.count === 1 ? answer.accessToken : null;
}

function readRow(db: TenantDb): Promise<ShopCredential | null> {
  const key = { shopId: shopOf(db), kind: SHOPIFY_OFFLINE };
  return db.tx((tx) => tx.shopCredential.findUnique({ where: { shopId_kind: key } }));
}

/** Leases go by the database's clock, which all processes share. */
async function takeLease(db: TenantDb, version: number, owner: string): Promise<boolean> {
  const taken = await db.tx(
    (tx) => tx.$executeRaw`
      UPDATE app_dashboard.shop_credentials
      SET lease_owner = ${owner}, lease_until = now() + make_interval(secs => ${LEASE_SECONDS})
      WHERE shop_id = ${shopOf(db)} AND kind = ${SHOPIFY_OFFLINE} AND version = ${version}
        AND (lease_until IS NULL OR lease_until < now())`,
  );
  return taken === 1;
}

/** Answers whether the row is still as it was when the lease was taken. */
async function releaseLease(db: TenantDb, version: number, owner: string): Promise<boolean> {
  const { count } = await db.tx((tx) =>
    tx.shopCredential.updateMany({
      where: { shopId: shopOf(db), kind: SHOPIFY_OFFLINE, version, leaseOwner: owner },
      data: { leaseOwner: null, leaseUntil: null },
    }),
  );
  return count === 1;
}

function lasts(until: Date | null, now: Date, atLeastMs: number): boolean {
  return until === null || until.getTime() - now.getTime() > atLeastMs;
}

function reconnect(message: string): NeedsUserError {
  return new NeedsUserError(`${message} Open the app in Shopify to renew it.`, {
    code: "SHOPIFY_RECONNECT",
    task: TASK,
  });
}
