import { currencyOffset } from "../../ad-plan/money";
import type { SeenDay } from "../../ad-plan/seen";
import type { PlanAd } from "../../ad-plan/types";
import type { AdAccountWorld } from "../accounts/world";
import type { PlainObject } from "../graph/fields";
import { brokenDown, WITHOUT_PURCHASES } from "./breakdowns";
import { adPasses, rowPasses } from "./filters";
import type { Period } from "./periods";
import type { InsightsRequest, Level } from "./request";
import { type RowSubject, writeRow } from "./row";
import { addDay, noSums, type Sums } from "./sums";

interface Group extends RowSubject {
  sums: Sums;
}

const THIRTEEN_MONTHS = 395;
/** Meta leaves these out of breakdowns that reach back beyond thirteen months. */
const UNIQUE = ["reach", "frequency", "cpp", "unique_clicks", "unique_ctr"];

/**
 * The rows of a request as they were known at `at`: one for each object, period and part that
 * delivered, none for the rest. `objectId` is the node whose edge was asked.
 */
export function insightRows(
  account: AdAccountWorld,
  objectId: string,
  request: InsightsRequest,
  at: number,
): PlainObject[] {
  const groups = new Map<string, Group>();
  const purchases = !request.breakdowns.some((name) => WITHOUT_PURCHASES.includes(name));
  const wanted = new Map<PlanAd, boolean>();
  const passes = (ad: PlanAd) => {
    const known = wanted.get(ad);
    if (known !== undefined) return known;
    const passed = under(ad, objectId) && adPasses(account, request.filters, ad, at);
    wanted.set(ad, passed);
    return passed;
  };
  const today = account.plan.dayAt(at);
  for (const period of request.periods) {
    for (let day = period.since; day <= Math.min(period.until, today); day += 1) {
      for (const seen of account.seen(day, at)) {
        if (passes(seen.ad)) addTo(groups, request, period, seen, at, purchases);
      }
    }
  }
  const asked = limited(request, account.plan.dayAt(at));
  const offset = currencyOffset(account.currency);
  const rows = [...groups.values()]
    .filter((group) => rowPasses(request.filters, group.sums, offset))
    .map((group) => writeRow({ account, request: asked, subject: group, sums: group.sums, at }));
  return sorted(rows, request);
}

function under(ad: PlanAd, objectId: string): boolean {
  return (
    objectId.startsWith("act_") || [ad.id, ad.adSet.id, ad.adSet.campaign.id].includes(objectId)
  );
}

function addTo(
  groups: Map<string, Group>,
  request: InsightsRequest,
  period: Period,
  whole: SeenDay,
  at: number,
  purchases: boolean,
): void {
  for (const { keys, seen } of brokenDown(whole, request.breakdowns)) {
    if (seen.impressions === 0 && seen.spend === 0 && seen.conversions.length === 0) continue;
    const id = `${period.since}|${idAt(request.level, seen.ad)}|${Object.values(keys).join("|")}`;
    let group = groups.get(id);
    if (!group) {
      group = { ad: seen.ad, period, keys, sums: noSums() };
      groups.set(id, group);
    }
    addDay(group.sums, seen, at, purchases);
  }
}

function idAt(level: Level, ad: PlanAd): string {
  if (level === "ad") return ad.id;
  if (level === "adset") return ad.adSet.id;
  return level === "campaign" ? ad.adSet.campaign.id : "";
}

function limited(request: InsightsRequest, today: number): InsightsRequest {
  const old = request.range.since < today - THIRTEEN_MONTHS;
  if (request.breakdowns.length === 0 || !old) return request;
  return { ...request, fields: request.fields.filter((field) => !UNIQUE.includes(field)) };
}

function sorted(rows: PlainObject[], { sort }: InsightsRequest): PlainObject[] {
  for (const { field, descending } of [...sort].reverse()) {
    rows.sort((a, b) => {
      const [x, y] = [String(a[field] ?? ""), String(b[field] ?? "")];
      const order = Number(x) - Number(y) || x.localeCompare(y);
      return descending ? -order : order;
    });
  }
  return rows;
}
