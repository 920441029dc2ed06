import type { LoaderFunctionArgs } from "@remix-run/node";
import { requireShop } from "~/auth.server";
import { type SyncView, syncView } from "~/components/sync-view";
import { syncStatus } from "~/sync/freshness.server";

/** How the shop's synchronisation stands: light enough to be asked for every 2 seconds. */
export async function loader(args: LoaderFunctionArgs): Promise<SyncView> {
  const { db, shopId } = await requireShop(args);
  return syncView(await syncStatus(db, shopId));
}
