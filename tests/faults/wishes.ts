import { z } from "zod";
import { cancelSync } from "~/commands/cancel-sync.server";
import { pauseSync } from "~/commands/pause-sync.server";
import { resumeSync } from "~/commands/resume-sync.server";
import { uninstallShop } from "~/commands/uninstall-shop.server";
import { tenantDb } from "~/lib/tenant-db.server";
import type { JobType, Platform } from "~/sync/job-types";
import { hasWholeHistory } from "~/sync/whole-history.server";
import { joinAds } from "../support/ads-shop";
import { askForSync, exchangeTokens } from "../support/connected-shop";
import type { Wish } from "./rounds";
import type { World, WorldShop } from "./world";

const USER = "0a5dfd5e-88a4-4c0b-8f4a-6d0a3f0f5c01";

/** What a person does in the middle of a round; answers how it is taken back at the round's end. */
export const WISH: Readonly<
  Record<Wish, (world: World, shop: WorldShop, platform: Platform) => Promise<() => Promise<void>>>
> = {
  async cancel({ database }, { shopId }, platform) {
    const { rows } = await database.admin.query(
      `SELECT id::text FROM app_dashboard.sync_jobs
       WHERE shop_id = $1 AND platform = $2 AND status IN ('QUEUED', 'IN_PROGRESS')`,
      [shopId, platform],
    );
    const web = tenantDb(database.web, { kind: "shop", shopId });
    for (const { id: jobId } of rows) await cancelSync(web, { shopId, userId: USER, jobId });
    return () => Promise.resolve();
  },
  async "pause and resume"({ database }, { shopId }, platform) {
    const web = tenantDb(database.web, { kind: "shop", shopId });
    await pauseSync(web, { shopId, userId: USER, platform });
    return async () => {
      await resumeSync(web, { shopId, userId: USER, platform });
    };
  },
  async "uninstall and install again"(world, shop) {
    const { shopId } = shop;
    const web = tenantDb(world.database.web, { kind: "shop", shopId });
    await world.sim(`/shops/${shopId}/uninstall`, {});
    await uninstallShop(web, { shopId, at: new Date() });
    return () => installAgain(world, shop);
  },
};

/** As the web does it when somebody opens the app once more, and then connects Meta. */
async function installAgain(world: World, { shopId, account, db }: WorldShop): Promise<void> {
  const { simulator, database } = world;
  await database.admin.query(
    `UPDATE app_dashboard.shops SET installed_at = now(), uninstalled_at = NULL,
       history_complete_at = NULL, figures_complete_from = NULL WHERE shop_id = $1`,
    [shopId],
  );
  await exchangeTokens(db, simulator);
  const { access_token: token } = z
    .object({ access_token: z.string() })
    .parse(await (await world.sim("/meta/tokens", {})).json());
  await joinAds(db, { accounts: [account], token });
  await ask({ db }, "SHOPIFY", "HISTORICAL_INIT");
  await ask({ db }, "META", "HISTORICAL_INIT");
}

/** Asks for it, or for the whole history where that never stood. */
export async function ask(
  { db }: Pick<WorldShop, "db">,
  platform: Platform,
  jobType: JobType,
): Promise<void> {
  const whole = await db.tx((tx) => hasWholeHistory(tx, db.shopId, platform));
  await askForSync(db, whole ? jobType : "HISTORICAL_INIT", platform);
}
