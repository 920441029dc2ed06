import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { tenantDb } from "~/lib/tenant-db.server";
import { type RunningJob, syncStatus } from "~/sync/freshness.server";
import { sayProgress } from "./say";
import type { Stack } from "./stack";

/** An ordinary browser's: Shopify's library answers 410 to what calls itself a robot. */
export const ORDINARY_USER_AGENT =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";

/** Seconds since the install was asked for. */
export interface HistorySeconds {
  first_light: number | null;
  backfill: number | null;
}

/** The shops of the demo's stand-in, the one that is shown first. */
export async function demoShops(stack: Stack): Promise<[string, ...string[]]> {
  const { shops } = await getJson(
    `${stack.simulators}/_sim/shops`,
    z.object({ shops: z.array(z.object({ shop: z.string() })) }),
  );
  const [first, ...others] = shops.map(({ shop }) => shop);
  if (!first) throw new Error("The stand-in holds no shop.");
  return [first, ...others];
}

/** What happens when a merchant presses "Install" in the admin: the app's page is opened there. */
export async function installShop(stack: Stack, shop: string): Promise<void> {
  const asked = await fetch(`${stack.simulators}/_sim/shops/${shop}/install`, { method: "POST" });
  if (!asked.ok) throw new Error(`The stand-in refused the install: ${await asked.text()}`);
  const { url } = await getJson(
    `${stack.simulators}/_sim/shops/${shop}/app-url?path=/app`,
    z.object({ url: z.url() }),
  );
  const page = await fetch(url, {
    headers: { "user-agent": ORDINARY_USER_AGENT },
    redirect: "manual",
  });
  if (page.status !== 200) {
    throw new Error(
      `The app answered ${page.status} to its first page:\n${(await page.text()).slice(0, 500)}`,
    );
  }
}

const HISTORIES = { SHOPIFY: "the history of orders", META: "the history of ads" } as const;

/** Watches the history being loaded until it stands; throws with the job's own error when it fails. */
export async function watchHistory(
  stack: Stack,
  shop: string,
  platform: "SHOPIFY" | "META" = "SHOPIFY",
): Promise<HistorySeconds> {
  const begun = Date.now();
  const seconds: HistorySeconds = { first_light: null, backfill: null };
  const db = tenantDb(stack.database, { kind: "shop", shopId: shop });
  for (;;) {
    const status = await syncStatus(db, shop, platform);
    const since = Math.round((Date.now() - begun) / 100) / 10;
    if (status.running?.firstLightAt) seconds.first_light ??= since;
    if (status.lastSuccessAt) {
      sayProgress(`${HISTORIES[platform]} stands`, since);
      return { first_light: seconds.first_light ?? since, backfill: since };
    }
    if (!status.running && status.lastError) {
      throw new Error(
        `${HISTORIES[platform]} could not be loaded: ${JSON.stringify(status.lastError)}`,
      );
    }
    if (status.running) sayProgress(describe(status.running), since);
    await sleep(250);
  }
}

function describe({ phase, status, done, total }: RunningJob): string {
  const amount = total ? ` ${done ?? 0} of ${total}` : "";
  return `${(phase ?? status).toLowerCase().replaceAll("_", " ")}${amount}`;
}

export async function getJson<T>(url: string, schema: z.ZodType<T>): Promise<T> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  return schema.parse(await response.json());
}
