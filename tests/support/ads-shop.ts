import { z } from "zod";
import { createSecretBox } from "~/lib/crypto.server";
import { createOutgoingFetch } from "~/lib/outgoing.server";
import { type WorkerTenantDb, workerTenantDb } from "~/lib/tenant-db.server";
import { selectAdAccount, storeMetaLogin } from "~/tenancy/meta-connection.server";
import type { AdAccountOptions } from "../../simulators/meta/options";
import { APP_SECRET, type RunningMeta } from "../../simulators/meta/testing/running";
import type { MetaAccess } from "../../workers/meta-access";
import { seedShop, type TestDatabase } from "../harness/database";
import { CREDENTIAL_KEYS } from "./connected-shop";

const DAY_MS = 86_400_000;

/** An ad account that ran for `days` days up to today. */
export function adAccount(
  id: string,
  { days, ...plan }: { days: number; seed: number; zone: string; currency: string; scale: number },
): AdAccountOptions {
  const day = (before: number) => new Date(Date.now() - before * DAY_MS).toISOString().slice(0, 10);
  return { id, name: `Account ${id}`, plan: { ...plan, from: day(days), to: day(0) } };
}

/** What the worker is given of the Meta app, aimed at the stand-in. */
export function metaAccess(meta: RunningMeta): MetaAccess {
  return { appSecret: APP_SECRET, fetch: createOutgoingFetch(meta.simulator.origin) };
}

interface AdsShop {
  shop: string;
  currency: string;
  zone: string;
  accounts: readonly AdAccountOptions[];
  token: string;
}

/** A shop whose history stands, connected with Meta; the first of its ad accounts is chosen. */
export async function connectAds(
  database: TestDatabase,
  { shop, currency, zone, accounts, token }: AdsShop,
): Promise<WorkerTenantDb> {
  await seedShop(database, shop, { currency, zone });
  await database.admin.query(
    "UPDATE app_dashboard.shops SET history_complete_at = now() WHERE shop_id = $1",
    [shop],
  );
  const db = workerTenantDb(database.worker, shop);
  await joinAds(db, { accounts, token });
  return db;
}

/** Connects a shop that is there already with Meta; the first of its ad accounts is chosen. */
export async function joinAds(
  db: WorkerTenantDb,
  { accounts, token }: Pick<AdsShop, "accounts" | "token">,
): Promise<void> {
  const { shopId } = db;
  const seen = accounts.map(({ id, name, plan }) => ({
    adAccountId: `act_${id}`,
    name,
    currency: plan.currency,
    ianaTimezone: plan.zone,
    accountStatus: 1,
  }));
  const login = { accessToken: token, expiresAt: null, scopes: ["ads_read"], accounts: seen };
  await db.tx(async (tx) => {
    await storeMetaLogin(tx, shopId, login, { box: createSecretBox(CREDENTIAL_KEYS) });
    await selectAdAccount(tx, { shopId, adAccountId: seen[0]?.adAccountId ?? "" });
  });
}

const adDay = z.looseObject({ date: z.string(), impressions: z.number() });

/** Every ad's every day as the stand-in knows it by now, whole. */
export async function adTruth(origin: string, id: string): Promise<z.infer<typeof adDay>[]> {
  const response = await fetch(`${origin}/_sim/ad-accounts/${id}/insights.jsonl`);
  const lines = (await response.text()).trimEnd().split("\n");
  return lines.map((line) => adDay.parse(JSON.parse(line)));
}
