import type { z } from "zod";
import { accountUsageSchema, useCaseUsageSchema } from "./graph-schemas";

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
