import { notHeld } from "../graphql/errors";
import type { RequestContext } from "../graphql/request-context";
import type { PlainNode, SimStore } from "../store/types";
import { ZoneDays } from "../store/zone-days";
import { answerSalesQuery, complaints } from "./answer";
import type { SalesSums } from "./columns";
import { dailySales } from "./daily-sales";

/** Sums of a store as it was at a version: asking twice costs once. */
const kept = new WeakMap<SimStore, { version: number; days: Map<number, SalesSums> }>();

/** Root field `shopifyqlQuery`. */
export async function shopifyqlQuery(
  request: RequestContext,
  args: Record<string, unknown>,
): Promise<PlainNode> {
  const text = String(args.query);
  const wrong = complaints(text, request.version);
  if (wrong) return wrong;
  const { store } = request.shop.data;
  const { currency, ianaTimezone } = store.shop;
  const today = new ZoneDays(ianaTimezone).day(request.simulator.now().getTime());
  const days = await daysOf(store);
  return answerSalesQuery(text, request.version, { days, currency, today });
}

async function daysOf(store: SimStore): Promise<Map<number, SalesSums>> {
  const known = kept.get(store);
  if (known?.version === store.version) return known.days;
  const { version } = store;
  const days = await dailySales(store);
  if (!days) throw notHeld("sales reports of hand-made orders");
  kept.set(store, { version, days });
  return days;
}
