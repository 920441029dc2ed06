import type { AppLoadContext } from "@remix-run/node";
import { installShop } from "~/commands/install-shop.server";
import { webDatabase } from "~/lib/db.server";
import { type TenantDb, tenantDb } from "~/lib/tenant-db.server";
import { findMember, type ShopProfile } from "~/tenancy/members.server";
import { throughFrame } from "./frame.server";
import { shopify } from "./shopify.server";

type AdminContext = Awaited<ReturnType<ReturnType<typeof shopify>["authenticate"]["admin"]>>;

/** What a loader or an action is given. */
export interface RouteArgs {
  request: Request;
  context: AppLoadContext;
}

export interface ShopRequest {
  /** The shop's myshopify domain. */
  shopId: string;
  /** The person's id here, not Shopify's. */
  userId: string;
  /** Sees what this person may see. */
  db: TenantDb;
  shop: ShopProfile;
  /** BCP 47, as the person's admin is set. */
  locale: string;
  /** Redirects that keep the frame's parameters, or leave the frame (`target: "_top"`). */
  redirect: AdminContext["redirect"];
}

/** One authentication per request: parallel loaders would each exchange a token of their own. */
const pending = new WeakMap<AppLoadContext, Promise<ShopRequest>>();

/**
 * Who is asking, for pages and for data requests with a session token. Throws the Response that
 * leads to an answer: the bounce page, the admin, 401 for a bad token.
 */
export function requireShop({ request, context }: RouteArgs): Promise<ShopRequest> {
  const started = pending.get(context);
  if (started) return started;
  const answer = identify(request);
  pending.set(context, answer);
  return answer;
}

async function identify(request: Request): Promise<ShopRequest> {
  const { session, admin, redirect } = await authenticateAdmin(request);
  const person = session.onlineAccessInfo?.associated_user;
  if (!person) throw new Response("This session names no user.", { status: 401 });
  const known = { shopId: session.shop, shopifyUserId: BigInt(person.id) };
  const database = webDatabase();
  const shopDb = tenantDb(database, { kind: "shop", shopId: session.shop });
  let member = await findMember(shopDb, known);
  if (!member) {
    // A session outlives an install that failed half-way, and an uninstall whose webhook is late.
    await installShop({ session, graphql: admin.graphql });
    member = await findMember(shopDb, known);
  }
  if (!member) throw new Error(`shop ${session.shop} is not there after its installation`);
  return {
    shopId: session.shop,
    userId: member.userId,
    db: tenantDb(database, { kind: "user", userId: member.userId }),
    shop: member.shop,
    locale: localeOf(request, person.locale),
    redirect,
  };
}

async function authenticateAdmin(request: Request): Promise<AdminContext> {
  try {
    return await shopify().authenticate.admin(request);
  } catch (thrown) {
    throw thrown instanceof Response ? await throughFrame(thrown) : thrown;
  }
}

function localeOf(request: Request, ofUser: string | undefined): string {
  const asked = new URL(request.url).searchParams.get("locale");
  for (const candidate of [asked, ofUser]) {
    if (!candidate) continue;
    try {
      const [supported] = Intl.NumberFormat.supportedLocalesOf(candidate);
      if (supported) return supported;
    } catch {
      // Not a language tag at all: as good as none.
    }
  }
  return "en";
}
