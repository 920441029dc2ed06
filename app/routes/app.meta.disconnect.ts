import type { ActionFunctionArgs } from "@remix-run/node";
import { requireShop } from "~/auth.server";
import { disconnectMeta } from "~/commands/disconnect-meta.server";

/** Forgets the shop's login at Meta; the figures stay. */
export async function action(args: ActionFunctionArgs): Promise<Response> {
  const { db, shopId, userId } = await requireShop(args);
  await disconnectMeta(db, { shopId, userId });
  return Response.json({});
}
