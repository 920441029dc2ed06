import type { z } from "zod";
import type { Usage } from "~/lib/api-budget";
import {
  accountUsageSchema,
  appUsageSchema,
  insightsThrottleSchema,
  type UseCaseUsage,
  useCaseUsageSchema,
} from "./graph-schemas";

/** The subject of what concerns the whole app, and of calls that are about no ad account. */
export const APP = "app";

/**
 * How long Meta asks this caller to wait, in milliseconds, by the headers of a refused call: minutes
 * until a business use case is open again, seconds until the ad account's usage begins anew. The
 * longest counts. Null when no header says it.
 */
export function askedWaitMs(headers: Headers): number | null {
  const waits: number[] = [];
  const useCases = readHeader(headers, "x-business-use-case-usage", useCaseUsageSchema);
  for (const usage of Object.values(useCases ?? {}).flat()) {
    waits.push((usage.estimated_time_to_regain_access ?? 0) * 60_000);
  }
  const account = readHeader(headers, "x-ad-account-usage", accountUsageSchema);
  if ((account?.acc_id_util_pct ?? 0) >= 100) {
    waits.push((account?.reset_time_duration ?? 0) * 1000);
  }
  waits.push(Number(headers.get("retry-after") ?? 0) * 1000);
  const longest = Math.max(...waits.filter(Number.isFinite));
  return longest > 0 ? longest : null;
}

/**
 * What an answer's headers say is used, in percent: of the ad account that the call was about
 * (`subject`, `act_123`), and of the whole app (`app`). Each is the highest of what concerns it. What
 * no header tells is left out.
 */
export function usagesOf(headers: Headers, subject: string): Map<string, Usage> {
  const throttle = readHeader(headers, "x-fb-ads-insights-throttle", insightsThrottleSchema);
  const appUsage = readHeader(headers, "x-app-usage", appUsageSchema);
  const ofApp = [throttle?.app_id_util_pct, highestPercent(appUsage ?? {})].map(withoutReset);
  const account = readHeader(headers, "x-ad-account-usage", accountUsageSchema);
  const ofAccount = [
    withoutReset(throttle?.acc_id_util_pct),
    {
      usedPercent: account?.acc_id_util_pct,
      resetMs: (account?.reset_time_duration ?? 0) * 1000 || null,
    },
    ...adUseCases(headers, subject).map(toldByUseCase),
  ];
  const usages = new Map<string, Usage>();
  const app = highestOf(ofApp);
  if (app) usages.set(APP, app);
  const own = subject === APP ? null : highestOf(ofAccount);
  if (own) usages.set(subject, own);
  return usages;
}

interface Told {
  usedPercent: number | undefined;
  resetMs: number | null;
}

const withoutReset = (usedPercent: number | undefined): Told => ({ usedPercent, resetMs: null });

/** The highest percentage and its own time until it begins anew, the longest among equals. */
function highestOf(told: readonly Told[]): Usage | null {
  const known = told.flatMap(({ usedPercent, resetMs }) =>
    usedPercent === undefined ? [] : [{ usedPercent, resetMs }],
  );
  known.sort((a, b) => b.usedPercent - a.usedPercent || (b.resetMs ?? 0) - (a.resetMs ?? 0));
  return known[0] ?? null;
}

/** What a use case that is closed for some minutes says is that all of it is used. */
function toldByUseCase(usage: UseCaseUsage): Told {
  const minutes = usage.estimated_time_to_regain_access ?? 0;
  const used = highestPercent(usage);
  return {
    usedPercent: minutes > 0 ? Math.max(100, used ?? 0) : used,
    resetMs: minutes > 0 ? minutes * 60_000 : null,
  };
}

/**
 * The use cases of ads that concern an ad account: those under its own id, else (the header then
 * names the business) all of them. Audiences, pages and catalogues have limits of their own.
 */
function adUseCases(headers: Headers, subject: string): UseCaseUsage[] {
  const told = readHeader(headers, "x-business-use-case-usage", useCaseUsageSchema) ?? {};
  const own = told[subject.replace(/^act_/, "")];
  return (own ?? Object.values(told).flat()).filter(
    ({ type }) => type === undefined || type.startsWith("ads_"),
  );
}

function highestPercent({
  call_count,
  total_cputime,
  total_time,
}: {
  call_count?: number | undefined;
  total_cputime?: number | undefined;
  total_time?: number | undefined;
}): number | undefined {
  const known = [call_count, total_cputime, total_time].filter((one) => one !== undefined);
  return known.length > 0 ? Math.max(...known) : undefined;
}

/** A header that is missing, or of a form nobody knows, tells nothing. */
function readHeader<Schema extends z.ZodType>(
  headers: Headers,
  name: string,
  schema: Schema,
): z.infer<Schema> | null {
  const text = headers.get(name);
  if (!text) return null;
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
