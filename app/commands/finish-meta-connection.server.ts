import { metaApp } from "~/connectors/meta/meta-app.server";
import {
  exchangeCode,
  exchangeLongLived,
  grantedPermissions,
  inspectToken,
  listAdAccounts,
  META_SCOPES,
  type MetaApp,
} from "~/connectors/meta/oauth.server";
import { webDatabase } from "~/lib/db.server";
import { MeritError, RetryableError } from "~/lib/errors";
import { logger } from "~/lib/logger.server";
import type { MetaOutcome, MetaRefusal } from "~/lib/meta-outcome";
import { type TenantDb, tenantDb } from "~/lib/tenant-db.server";
import { findShop } from "~/tenancy/members.server";
import { type MetaLogin, storeMetaLogin } from "~/tenancy/meta-connection.server";
import { consumeOauthState } from "~/tenancy/oauth-states.server";
import { requestMetaHistory, stopMetaJobs } from "./meta-jobs.server";

/**
 * The end of a login at Meta: its answer's parameters → token, what was granted, ad accounts, kept
 * for the shop that the state names. The state is used up whatever comes of it. Nothing is kept
 * unless everything needed is there. Never throws for what Meta or the person did.
 */
export async function finishMetaConnection(query: URLSearchParams): Promise<MetaOutcome> {
  const app = metaApp();
  if (!app) return { connected: false, shopId: null, refusal: "off" };
  const state = query.get("state");
  const login = state ? await consumeOauthState(webDatabase(), state) : null;
  if (!login) return { connected: false, shopId: null, refusal: "stale" };
  const { shopId, userId } = login;
  const refused = (refusal: MetaRefusal): MetaOutcome => ({ connected: false, shopId, refusal });
  const code = query.get("code");
  if (!code) return refused(query.has("error") ? "declined" : "stale");
  const db = tenantDb(webDatabase(), { kind: "shop", shopId });
  const shop = await findShop(db, shopId);
  if (!shop) return refused("stale");
  try {
    const brought = await readLogin(app, code);
    if (typeof brought === "string") return refused(brought);
    const chosen = await keepLogin(db, { shopId, userId }, brought);
    return { connected: true, shopId, shopName: shop.name, toChoose: chosen === null };
  } catch (error) {
    if (!(error instanceof MeritError)) throw error;
    logger.warn({ err: error, shop: shopId }, "a login at Meta came to nothing");
    return refused(error instanceof RetryableError ? "unavailable" : "refused");
  }
}

/** All that Meta has to tell, or why it is not enough. */
async function readLogin(app: MetaApp, code: string): Promise<MetaLogin | MetaRefusal> {
  const token = await exchangeLongLived(app, await exchangeCode(app, code));
  const { isValid, expiresAt } = await inspectToken(app, token);
  if (!isValid) return "refused";
  const scopes = await grantedPermissions(app, token);
  if (!META_SCOPES.every((needed) => scopes.includes(needed))) return "permission";
  const accounts = await listAdAccounts(app, token);
  if (accounts.length === 0) return "no_accounts";
  const ends = expiresAt ?? token.expiresAt;
  return { accessToken: token.accessToken, expiresAt: ends, scopes, accounts };
}

/** The chosen ad account, whose history is asked for; null when a person has to choose first. */
async function keepLogin(
  db: TenantDb,
  { shopId, userId }: { shopId: string; userId: string },
  login: MetaLogin,
): Promise<string | null> {
  const { chosen, enqueue } = await db.tx(async (tx) => {
    const chosen = await storeMetaLogin(tx, shopId, login);
    const requestedBy = `user:${userId}`;
    await tx.auditEntry.create({
      data: { shopId, actor: requestedBy, action: "meta.connected", detail: { chosen } },
    });
    if (!chosen) return { chosen, enqueue: null };
    await stopMetaJobs(tx, shopId);
    return { chosen, enqueue: await requestMetaHistory(tx, { shopId, requestedBy }) };
  });
  await enqueue?.();
  return chosen;
}
