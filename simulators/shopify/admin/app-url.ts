import { createHmac, randomUUID } from "node:crypto";
import type { KnownShop, SimulatorContext } from "../context";
import { mintSessionToken } from "../oauth/session-token";
import type { StaffMember } from "../state";

/** `admin.shopify.com/store/NAME` in base64, as the app is given it. */
function hostParameter(shop: string): string {
  const name = shop.replace(/\.myshopify\.com$/, "");
  return Buffer.from(`admin.shopify.com/store/${name}`).toString("base64").replace(/=+$/, "");
}

/** The person who looks: by id, else the owner. */
export function staffMember(shop: KnownShop, id?: number): StaffMember {
  const member = shop.state.staff.find((one) => (id ? one.id === id : one.accountOwner));
  if (!member)
    throw new Error(`${shop.state.domain} has no member of staff ${id ?? "who owns it"}`);
  return member;
}

/** The address that the admin frames: the app's path with Shopify's signed parameters. */
export async function appFrameUrl(
  context: SimulatorContext,
  shop: KnownShop,
  options: { path: string; userId?: number },
): Promise<string> {
  const domain = shop.state.domain;
  const user = staffMember(shop, options.userId);
  const url = new URL(options.path, context.appUrl);
  const idToken = await mintSessionToken({
    shop: domain,
    userId: user.id,
    apiKey: context.apiKey,
    apiSecret: context.apiSecret,
    now: context.now(),
  });
  const parameters: Record<string, string> = {
    embedded: "1",
    host: hostParameter(domain),
    id_token: idToken,
    locale: user.locale,
    session: randomUUID().replaceAll("-", ""),
    shop: domain,
    timestamp: String(Math.floor(context.now().getTime() / 1000)),
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  const message = [...url.searchParams.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
  const hmac = createHmac("sha256", context.apiSecret).update(message).digest("hex");
  url.searchParams.set("hmac", hmac);
  return url.toString();
}
