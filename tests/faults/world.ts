import { z } from "zod";
import type { WorkerTenantDb } from "~/lib/tenant-db.server";
import { todayIn } from "~/lib/time";
import type { AdAccountOptions } from "../../simulators/meta/options";
import { createMeta, type MetaPart } from "../../simulators/meta/server";
import { APP_ID, APP_SECRET } from "../../simulators/meta/testing/running";
import type { ShopifySimulator } from "../../simulators/shopify/options";
import { startShopifySimulator } from "../../simulators/shopify/server";
import { generateStore, type SimStore } from "../../simulators/shopify/store";
import { createTestDatabase, type TestDatabase } from "../harness/database";
import { adAccount, adTruth, joinAds } from "../support/ads-shop";
import { API_KEY, API_SECRET, connectShop } from "../support/connected-shop";
import type { OwnPostgres } from "../support/own-postgres";
import { startWorkerProcess, type WorkerProcess } from "../support/worker-process";
import { type Carrier, openCarrier } from "./carrier";

const ORDERS = 1_200;
const AD_DAYS = 70;
const HOUR_MS = 3_600_000;
const PLACES = [
  { currency: "USD", zone: "America/New_York" },
  { currency: "EUR", zone: "Europe/Berlin" },
  { currency: "JPY", zone: "Asia/Tokyo" },
];

export interface World {
  shops: WorldShop[];
  postgres: OwnPostgres;
  database: TestDatabase;
  carrier: Carrier;
  simulator: ShopifySimulator;
  /** Two, running. */
  workers: WorkerProcess[];
  /** Puts a new worker in the place of one that was ended. */
  replace(place: number): void;
  /** Asks the stand-ins for something under `/_sim`. */
  sim(path: string, body?: unknown, method?: string): Promise<Response>;
  /** Meta's clock stands still but for this: what it knows changes only between rounds. */
  moveMetaClock(hours: number): void;
  end(): Promise<void>;
}

export interface WorldShop {
  shopId: string;
  currency: string;
  zone: string;
  store: SimStore;
  account: AdAccountOptions;
  /** What every day that was over at the beginning showed, by the ad account's day. */
  impressions: ReadonlyMap<string, number>;
  db: WorkerTenantDb;
}

interface WorldOptions {
  kind: "postgres" | "redis";
  seed: number;
  postgres: OwnPostgres;
  workerEntry: string;
}

/** Shops with orders and ads, none of it read yet, two workers, and what carries their jobs. */
export async function openWorld({
  kind,
  seed,
  postgres,
  workerEntry,
}: WorldOptions): Promise<World> {
  const now = new Date();
  const database = await createTestDatabase({ server: postgres.server });
  const carrier = await openCarrier(kind, database);
  const plans = PLACES.map((place, index) => ({
    ...place,
    store: generateStore({
      seed: seed + index,
      orders: ORDERS,
      days: 90,
      now,
      domain: `rounds-${index + 1}.myshopify.com`,
      plan: "plus",
      currency: place.currency,
      ianaTimezone: place.zone,
    }),
    account: adAccount(`3300${index + 1}`, {
      days: AD_DAYS,
      seed: seed * 10 + index,
      zone: place.zone,
      currency: place.currency,
      scale: place.currency === "JPY" ? 40_000 : 300,
    }),
  }));
  let metaNow = now.getTime() - 2 * 24 * HOUR_MS;
  const meta = metaPart(
    plans.map(({ account }) => account),
    () => new Date(metaNow),
  );
  const simulator = await startShopifySimulator({
    port: 0,
    apiKey: API_KEY,
    apiSecret: API_SECRET,
    appUrl: "http://127.0.0.1:9",
    stores: plans.map(({ store }) => ({ kind: "given", store })),
    beside: [meta.handler],
  });
  const sim = (path: string, body?: unknown, method = "POST") =>
    fetch(`${simulator.origin}/_sim${path}`, {
      method: body === undefined ? "GET" : method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
  const shops: WorldShop[] = [];
  for (const { store, account, currency, zone } of plans) {
    const shopId = store.shop.domain;
    const db = await connectShop({ simulator, database, shop: shopId, currency, zone });
    const { access_token: token } = z
      .object({ access_token: z.string() })
      .parse(await (await sim("/meta/tokens", {})).json());
    await joinAds(db, { accounts: [account], token });
    const impressions = await impressionsOf(
      simulator.origin,
      account,
      todayIn(zone, new Date(metaNow)),
    );
    shops.push({ shopId, currency, zone, store, account, impressions, db });
  }

  const started: WorkerProcess[] = [];
  const env = {
    ...carrier.env,
    META_APP_ID: APP_ID,
    META_APP_SECRET: APP_SECRET,
    DATABASE_POOL_SIZE: "6",
  };
  const start = () => {
    const worker = startWorkerProcess(database, simulator.origin, env, [workerEntry]);
    started.push(worker);
    return worker;
  };
  const workers = [start(), start()];
  return {
    shops,
    postgres,
    database,
    carrier,
    simulator,
    workers,
    replace(place) {
      workers[place] = start();
    },
    sim,
    moveMetaClock(hours) {
      metaNow += hours * HOUR_MS;
    },
    async end() {
      await Promise.all(started.map((worker) => worker.end("SIGKILL")));
      await simulator.stop();
      meta.stop();
      await carrier.close();
      await database.drop();
    },
  };
}

async function impressionsOf(
  origin: string,
  { id }: AdAccountOptions,
  today: string,
): Promise<Map<string, number>> {
  const days = new Map<string, number>();
  for (const { date, impressions } of await adTruth(origin, id)) {
    if (date < today) days.set(date, (days.get(date) ?? 0) + impressions);
  }
  return days;
}

function metaPart(accounts: AdAccountOptions[], now: () => Date): MetaPart {
  return createMeta({
    appId: APP_ID,
    appSecret: APP_SECRET,
    redirectUris: [],
    accounts,
    now,
    pacing: { asyncStartMs: 1, asyncRunMs: 20 },
  });
}
