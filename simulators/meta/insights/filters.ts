import type { PlanAd } from "../../ad-plan/types";
import type { AdAccountWorld } from "../accounts/world";
import { invalidParameter } from "../graph/graph-error";
import { effectiveStatus } from "../objects/status";
import type { Filter } from "./request";
import type { Sums } from "./sums";

type Compared = string | number;

const OPERATORS: Record<string, (value: Compared, wanted: Compared[]) => boolean> = {
  EQUAL: (value, [wanted]) => String(value) === String(wanted),
  NOT_EQUAL: (value, [wanted]) => String(value) !== String(wanted),
  GREATER_THAN: (value, [wanted]) => Number(value) > Number(wanted),
  GREATER_THAN_OR_EQUAL: (value, [wanted]) => Number(value) >= Number(wanted),
  LESS_THAN: (value, [wanted]) => Number(value) < Number(wanted),
  LESS_THAN_OR_EQUAL: (value, [wanted]) => Number(value) <= Number(wanted),
  IN: (value, wanted) => wanted.map(String).includes(String(value)),
  NOT_IN: (value, wanted) => !wanted.map(String).includes(String(value)),
  CONTAIN: (value, [wanted]) => String(value).includes(String(wanted)),
  NOT_CONTAIN: (value, [wanted]) => !String(value).includes(String(wanted)),
};

const COUNTS: readonly string[] = ["impressions", "clicks", "spend"];

/** Whether an ad's figures enter the rows: filters on objects, before anything is summed. */
export function adPasses(
  account: AdAccountWorld,
  filters: Filter[],
  ad: PlanAd,
  at: number,
): boolean {
  return filters.every((filter) => {
    const [level, field] = split(filter);
    if (COUNTS.includes(field)) return true;
    const entity = level === "campaign" ? ad.adSet.campaign : level === "adset" ? ad.adSet : ad;
    if (field === "id") return compare(filter, entity.id);
    if (field === "name") {
      return compare(filter, account.written(entity.id, "name", at) ?? entity.name);
    }
    if (field === "effective_status" || field === "delivery_info") {
      return compare(filter, effectiveStatus(account, entity, at) ?? "");
    }
    if (field === "objective") return compare(filter, ad.adSet.campaign.objective);
    throw invalidParameter(
      `Filtering field ${filter.field} with operation ${filter.operator} is not supported`,
    );
  });
}

/** Whether a finished row stays: filters on its figures (`ad.impressions`, `spend` in minor units here). */
export function rowPasses(filters: Filter[], sums: Sums, offset: number): boolean {
  return filters.every((filter) => {
    const [, field] = split(filter);
    if (field === "impressions") return compare(filter, sums.impressions);
    if (field === "clicks") return compare(filter, sums.clicks);
    if (field === "spend") return compare(filter, sums.spend / offset);
    return true;
  });
}

function split({ field }: Filter): [string, string] {
  const at = field.lastIndexOf(".");
  return at < 0 ? ["", field] : [field.slice(0, at), field.slice(at + 1)];
}

function compare({ operator, value }: Filter, found: Compared): boolean {
  const test = OPERATORS[operator];
  if (!test) throw invalidParameter(`Filtering operator ${operator} is not supported`);
  return test(found, Array.isArray(value) ? value : [value]);
}
