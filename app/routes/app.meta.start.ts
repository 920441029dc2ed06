import type { ActionFunctionArgs } from "@remix-run/node";
import { requireShop } from "~/auth.server";
import { startMetaConnection } from "~/commands/start-meta-connection.server";
import { problemResponse } from "~/lib/problem";

/** `{url}`: where a window of its own goes to log in at Meta. 404 without a Meta app. */
export async function action(args: ActionFunctionArgs): Promise<Response> {
  const { db, shopId, userId } = await requireShop(args);
  const url = await startMetaConnection(db, { shopId, userId });
  if (!url) return problemResponse(404, "This installation of Merit has no Meta app.");
  return Response.json({ url }, { headers: { "Cache-Control": "no-store" } });
}
