import { randomBytes } from "node:crypto";
import type { SimulatorContext } from "../context";
import type { AccessToken, RefreshToken } from "./token-types";

const REFRESH_LIFE_SECONDS = 7_776_000;
const ONLINE_LIFE_SECONDS = 86_399;

export interface IssuedOffline {
  access: AccessToken;
  refresh: RefreshToken | null;
}

/** A new offline token; an expiring one comes with the refresh token that renews it. */
export function issueOffline(
  context: SimulatorContext,
  shop: string,
  scopes: string[],
  expiring: boolean,
): IssuedOffline {
  const now = context.now().getTime();
  const access: AccessToken = {
    token: `shpat_${randomBytes(16).toString("hex")}`,
    shop,
    kind: "offline",
    userId: null,
    scopes,
    expiresAt: expiring ? now + context.offlineTokenSeconds * 1000 : null,
  };
  const refresh: RefreshToken | null = expiring
    ? {
        token: `shprt_${randomBytes(16).toString("hex")}`,
        shop,
        scopes,
        expiresAt: now + REFRESH_LIFE_SECONDS * 1000,
        replacedBy: null,
        spent: false,
      }
    : null;
  context.state.content.accessTokens.push(access);
  if (refresh) context.state.content.refreshTokens.push(refresh);
  forgetOld(context);
  context.state.changed();
  return { access, refresh };
}

/** A new online token of one person; it lives a day and has no refresh token. */
export function issueOnline(
  context: SimulatorContext,
  shop: string,
  scopes: string[],
  userId: number,
): AccessToken {
  const access: AccessToken = {
    token: `shpua_${randomBytes(16).toString("hex")}`,
    shop,
    kind: "online",
    userId,
    scopes,
    expiresAt: context.now().getTime() + ONLINE_LIFE_SECONDS * 1000,
  };
  context.state.content.accessTokens.push(access);
  forgetOld(context);
  context.state.changed();
  return access;
}

/** The live token of this shop, or null when it is unknown, over, or another shop's. */
export function liveToken(
  context: SimulatorContext,
  shop: string,
  token: string,
): AccessToken | null {
  const found = context.state.content.accessTokens.find((entry) => entry.token === token);
  if (!found || found.shop !== shop) return null;
  if (found.expiresAt !== null && found.expiresAt <= context.now().getTime()) return null;
  return found;
}

/** Both tokens rotate. The old refresh token stays usable until the new one is first used. */
export function rotate(
  context: SimulatorContext,
  shop: string,
  refreshToken: string,
): IssuedOffline | null {
  const tokens = context.state.content.refreshTokens;
  const current = tokens.find((entry) => entry.token === refreshToken && entry.shop === shop);
  if (!current || current.spent || current.expiresAt <= context.now().getTime()) return null;
  for (const older of tokens) if (older.replacedBy === current.token) older.spent = true;
  const issued = issueOffline(context, shop, current.scopes, true);
  current.replacedBy = issued.refresh?.token ?? null;
  context.state.changed();
  return issued;
}

/** Ends every token of a shop, as an uninstall does. */
export function revokeAll(context: SimulatorContext, shop: string): void {
  const content = context.state.content;
  content.accessTokens = content.accessTokens.filter((entry) => entry.shop !== shop);
  content.refreshTokens = content.refreshTokens.filter((entry) => entry.shop !== shop);
  context.state.changed();
}

function forgetOld(context: SimulatorContext): void {
  const now = context.now().getTime();
  const content = context.state.content;
  content.accessTokens = content.accessTokens.filter(
    (entry) => entry.expiresAt === null || entry.expiresAt > now,
  );
  content.refreshTokens = content.refreshTokens.filter(
    (entry) => !entry.spent && entry.expiresAt > now,
  );
}
