import type { LoaderFunctionArgs } from "@remix-run/node";
import { requireShop } from "~/auth.server";
import { metaState } from "~/commands/meta-state.server";
import type { HomeStatus } from "~/components/home-status";
import { homeStatus } from "~/components/home-view";
import { syncStatus } from "~/sync/freshness.server";

/** How the shop's synchronisation stands: light enough to be asked for every 2 seconds. */
export async function loader(args: LoaderFunctionArgs): Promise<HomeStatus> {
  const { db, shopId, shop } = await requireShop(args);
  const [sync, meta] = await Promise.all([syncStatus(db, shopId), metaState(db, shopId)]);
  return homeStatus({ sync, meta }, { now: new Date(), currency: shop.currency });
}
