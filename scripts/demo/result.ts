import { z } from "zod";
import { tenantDb } from "~/lib/tenant-db.server";
import { shopMetricsSchema } from "~/metrics/schema";
import { createApiToken } from "~/tenancy/api-tokens.server";
import type { HistorySeconds } from "./install";
import type { Stack } from "./stack";

/** The last line of `npm run demo -- --once`. Money as decimal strings in `currency`. */
export interface DemoResult {
  shop: string;
  currency: string;
  orders: number;
  net_sales: string;
  /** Of the whole history, as the metrics of these names; null where nothing is known of ads. */
  spend: string | null;
  /** Ratios with 4 decimals; null where nothing was spent, or not for the whole history. */
  mer: string | null;
  roas: string | null;
  /** From the start of the command until everything answers; the others from the install on. */
  seconds: { ready: number } & HistorySeconds;
  web: string;
  simulators: string;
  api_token: string;
}

const summarySchema = z.object({
  first_event_at: z.string().nullable(),
  last_event_at: z.string().nullable(),
});

/** Reads the whole history's figures back through the API, as any program would. */
export async function readResult(
  stack: Stack,
  shop: string,
  seconds: DemoResult["seconds"],
): Promise<DemoResult> {
  const token = await readToken(stack, shop);
  const { from, to } = await wholeHistory(stack, shop);
  const url = `${stack.web}/api/shops/${shop}/metrics?from=${from}&to=${to}`;
  const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  const { currency, totals } = shopMetricsSchema.parse(await response.json());
  return {
    shop,
    currency,
    orders: z.number().parse(totals.orders),
    net_sales: z.string().parse(totals.net_sales),
    spend: z.string().nullable().parse(totals.spend),
    mer: z.string().nullable().parse(totals.mer),
    roas: z.string().nullable().parse(totals.roas),
    seconds,
    web: stack.web,
    simulators: stack.simulators,
    api_token: token,
  };
}

/** The demo's one read-only token; only its hash is stored, so the first start keeps it. */
export async function readToken(stack: Stack, shop: string): Promise<string> {
  const { settings, save } = stack.place;
  if (settings.apiToken) return settings.apiToken;
  const { token } = await createApiToken(tenantDb(stack.database, { kind: "shop", shopId: shop }), {
    name: "demo",
  });
  settings.apiToken = token;
  save();
  return token;
}

/** A day of margin on both sides: the stand-in speaks of instants, the API of the shop's days. */
export async function wholeHistory(
  stack: Stack,
  shop: string,
): Promise<{ from: string; to: string }> {
  const response = await fetch(`${stack.simulators}/_sim/shops/${shop}`);
  const { first_event_at, last_event_at } = summarySchema.parse(await response.json());
  const now = new Date().toISOString();
  const shifted = (instant: string, days: number) =>
    new Date(Date.parse(instant) + days * 86_400_000).toISOString().slice(0, 10);
  return { from: shifted(first_event_at ?? now, -1), to: shifted(last_event_at ?? now, 1) };
}
