import { z } from "zod";
import { tenantDb } from "~/lib/tenant-db.server";
import { metaConnection } from "~/tenancy/meta-connection.server";
import { getJson, ORDINARY_USER_AGENT } from "./install";
import type { Stack } from "./stack";

/**
 * Does, once, what a person does who presses "Connect Meta", says yes to all and takes the shop's ad
 * account. False when Meta shows none in the shop's currency, as may be for a replayed log.
 */
export async function connectMeta(stack: Stack, shop: string): Promise<boolean> {
  const db = tenantDb(stack.database, { kind: "shop", shopId: shop });
  if ((await metaConnection(db, shop))?.accounts.some(({ selected }) => selected)) return true;
  const { url } = z.object({ url: z.url() }).parse(await press(stack, shop, "/app/meta/start"));
  const back = await sayYes(url);
  const told = await fetch(back, { headers: { "user-agent": ORDINARY_USER_AGENT } });
  const page = await told.text();
  if (!page.includes("Meta is connected")) {
    throw new Error(`Meta could not be connected; the app said: ${textOf(page)}`);
  }
  const connection = await metaConnection(db, shop);
  const accounts = connection?.accounts ?? [];
  if (accounts.some(({ selected }) => selected)) return true;
  const { currency } = await db.tx((tx) => tx.shop.findUniqueOrThrow({ where: { shopId: shop } }));
  const handle = shop.replace(".myshopify.com", "");
  const chosen =
    accounts.find(({ name }) => name.endsWith(`(${handle})`)) ??
    accounts.find((account) => account.currency === currency && !account.name.endsWith(")"));
  if (!chosen) return false;
  await press(stack, shop, "/app/meta/account", { ad_account_id: chosen.adAccountId });
  return true;
}

/** A button of the app, pressed inside the admin. */
async function press(
  stack: Stack,
  shop: string,
  path: string,
  form: Record<string, string> = {},
): Promise<unknown> {
  const { session_token } = await getJson(
    `${stack.simulators}/_sim/shops/${shop}/session-token`,
    z.object({ session_token: z.string() }),
  );
  const answer = await fetch(`${stack.web}${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${session_token}`, "user-agent": ORDINARY_USER_AGENT },
    body: new URLSearchParams(form),
  });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}

/** Fills in the dialog's form as it stands and answers where it sends the person back to. */
async function sayYes(dialog: string): Promise<string> {
  const page = await (await fetch(dialog)).text();
  const form = new URLSearchParams({ action: "accept" });
  for (const [, attributes = ""] of page.matchAll(/<input ([^>]*)>/g)) {
    const name = attribute(attributes, "name");
    if (name) form.append(name, attribute(attributes, "value"));
  }
  const user = /<option value="([^"]*)"/.exec(page)?.[1];
  if (!user) throw new Error(`The dialog of Meta let nobody in; it said: ${textOf(page)}`);
  form.set("user", user);
  const action = new URL(/<form [^>]*action="([^"]*)"/.exec(page)?.[1] ?? "", dialog);
  const answer = await fetch(action, { method: "POST", body: form, redirect: "manual" });
  const location = answer.headers.get("location");
  if (!location) throw new Error(`The dialog of Meta answered ${answer.status}.`);
  return location;
}

function attribute(attributes: string, name: string): string {
  const value = new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1] ?? "";
  return value.replaceAll("&quot;", '"').replaceAll("&#39;", "'").replaceAll("&amp;", "&");
}

function textOf(page: string): string {
  return page
    .replace(/<(style|script)[\s\S]*?<\/\1>/g, "")
    .replace(/<[^>]+>/g, " ")
    .replace(/\s+/g, " ")
    .slice(0, 300);
}
