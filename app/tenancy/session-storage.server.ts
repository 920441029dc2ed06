import { Session } from "@shopify/shopify-api";
import type { SessionStorage } from "@shopify/shopify-app-session-storage";
import { z } from "zod";
import type { SecretBox } from "~/lib/crypto.server";
import { type Database, webDatabase } from "~/lib/db.server";
import { DefectError } from "~/lib/errors";
import { type TenantDb, tenantDb } from "~/lib/tenant-db.server";
import { credentialBox } from "./credential-row.server";
import { deleteTokens, dropAccessToken, readTokens, storeTokens } from "./credentials.server";

const OFFLINE_PREFIX = "offline_";

const payloadSchema = z.array(
  z.tuple([z.string(), z.union([z.string(), z.number(), z.boolean()])]),
);

const aadOf = (shopId: string, id: string) => `sessions:${shopId}:${id}`;

/** The shop in a session's id: `offline_{shop}`, `{shop}_{user id}`; null for any other form. */
function shopInId(id: string): string | null {
  if (id.startsWith(OFFLINE_PREFIX)) return id.slice(OFFLINE_PREFIX.length) || null;
  return /^(.+)_\d+$/.exec(id)?.[1] ?? null;
}

const isOffline = (id: string) => id.startsWith(OFFLINE_PREFIX);

/**
 * The Shopify library's session storage over the one home of tokens. Offline sessions ARE the
 * shop's credentials; online sessions, which name a user and live a day, are kept encrypted beside
 * them. Every call works in the context of the shop that the session's id names.
 */
export function createSessionStorage({
  database,
  box,
}: {
  database: Database;
  box: SecretBox;
}): SessionStorage {
  const handle = (shopId: string) => tenantDb(database, { kind: "shop", shopId });

  async function deleteSession(id: string): Promise<boolean> {
    const shopId = shopInId(id);
    if (!shopId) return true;
    if (isOffline(id)) await deleteTokens(handle(shopId));
    else {
      await handle(shopId).tx((tx) => tx.onlineSession.deleteMany({ where: { shopId, id } }));
    }
    return true;
  }

  return {
    async storeSession(session) {
      if (shopInId(session.id) !== session.shop) {
        throw new DefectError("The session's id does not name its shop.", { code: "SESSION_ID" });
      }
      const db = handle(session.shop);
      if (isOffline(session.id)) await storeOffline(db, session, box);
      else await storeOnline(db, session, box);
      return true;
    },
    async loadSession(id) {
      const shopId = shopInId(id);
      if (!shopId) return undefined;
      if (isOffline(id)) return loadOffline(handle(shopId), shopId, box);
      const row = await handle(shopId).tx((tx) =>
        tx.onlineSession.findUnique({ where: { shopId_id: { shopId, id } } }),
      );
      return row ? openOnline(row, box) : undefined;
    },
    deleteSession,
    async deleteSessions(ids) {
      await Promise.all(ids.map(deleteSession));
      return true;
    },
    async findSessionsByShop(shopId) {
      const db = handle(shopId);
      const offline = await loadOffline(db, shopId, box);
      const online = await db.tx((tx) => tx.onlineSession.findMany({ where: { shopId } }));
      return [...(offline ? [offline] : []), ...online.map((row) => openOnline(row, box))];
    },
  };
}

async function storeOffline(db: TenantDb, session: Session, box: SecretBox): Promise<void> {
  const expiresAt = session.expires ?? null;
  // So the library says that Shopify refused the token.
  if (!session.accessToken) return dropAccessToken(db, expiresAt);
  const tokens = {
    accessToken: session.accessToken,
    refreshToken: session.refreshToken ?? null,
    scopes: session.scope ?? null,
    expiresAt,
    refreshExpiresAt: session.refreshTokenExpires ?? null,
  };
  await storeTokens(db, tokens, { box });
}

async function loadOffline(
  db: TenantDb,
  shop: string,
  box: SecretBox,
): Promise<Session | undefined> {
  const tokens = await readTokens(db, { box });
  if (!tokens) return undefined;
  return new Session({
    id: `${OFFLINE_PREFIX}${shop}`,
    shop,
    state: "",
    isOnline: false,
    scope: tokens.scopes ?? undefined,
    accessToken: tokens.accessToken ?? undefined,
    expires: tokens.expiresAt ?? undefined,
    refreshToken: tokens.refreshToken ?? undefined,
    refreshTokenExpires: tokens.refreshExpiresAt ?? undefined,
  });
}

async function storeOnline(db: TenantDb, session: Session, box: SecretBox): Promise<void> {
  const { id, shop: shopId } = session;
  const sealed = box.encryptSecret(
    JSON.stringify(session.toPropertyArray(true)),
    aadOf(shopId, id),
  );
  const userId = session.onlineAccessInfo?.associated_user.id;
  const values = {
    payload: new Uint8Array(sealed.ciphertext),
    keyId: sealed.keyId,
    shopifyUserId: userId === undefined ? null : BigInt(userId),
    expiresAt: session.expires ?? null,
  };
  await db.tx(async (tx) => {
    // Expired sessions are of no use to the library; this keeps the table as small as its users.
    await tx.onlineSession.deleteMany({ where: { shopId, expiresAt: { lt: new Date() } } });
    await tx.onlineSession.upsert({
      where: { shopId_id: { shopId, id } },
      create: { shopId, id, ...values },
      update: values,
    });
  });
}

function openOnline(
  row: { shopId: string; id: string; payload: Uint8Array; keyId: string },
  box: SecretBox,
): Session {
  const sealed = { ciphertext: row.payload, keyId: row.keyId };
  const payload = box.decryptSecret(sealed, aadOf(row.shopId, row.id));
  return Session.fromPropertyArray(payloadSchema.parse(JSON.parse(payload)), true);
}

let shared: SessionStorage | undefined;

/** The web process's storage. */
export function sessionStorage(): SessionStorage {
  shared ??= createSessionStorage({ database: webDatabase(), box: credentialBox() });
  return shared;
}
