import { env } from "~/lib/env.server";
import { outgoingFetch } from "~/lib/outgoing.server";
import type { MetaApp } from "./oauth.server";

/** Where Meta sends people back; it stands in the app's settings at Meta, to the letter. */
export const META_CALLBACK_PATH = "/auth/meta/callback";

/** The Meta app of this process's environment; null without one: then nothing of Meta is offered. */
export function metaApp(): MetaApp | null {
  const { META_APP_ID: appId, META_APP_SECRET: appSecret, SHOPIFY_APP_URL } = env();
  if (!appId || !appSecret) return null;
  const redirectUri = new URL(META_CALLBACK_PATH, SHOPIFY_APP_URL).href;
  return { appId, appSecret, redirectUri, fetch: outgoingFetch };
}
