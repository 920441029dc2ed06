import type { LoaderFunctionArgs } from "@remix-run/node";
import { requireApiAccess } from "~/auth.server";
import { env } from "~/lib/env.server";
import { syncStatuses } from "~/sync/freshness.server";
import { syncStatusAnswer, syncStatusOf } from "~/sync/sync-status";

/** `GET /api/shops/:shop_id/sync-status` (app/sync/sync-status.ts). */
export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const shopId = args.params.shopId ?? "";
  const { db } = await requireApiAccess(args, shopId);
  const age = { now: new Date(), maxStalenessMinutes: env().MAX_STALENESS_MINUTES };
  const answer = syncStatusOf(shopId, await syncStatuses(db, shopId), age);
  return Response.json(syncStatusAnswer.parse(answer), {
    headers: { "Cache-Control": "private, no-store" },
  });
}
