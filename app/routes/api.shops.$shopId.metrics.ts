import type { LoaderFunctionArgs } from "@remix-run/node";
import { ZodError, z } from "zod";
import { requireApiAccess } from "~/auth.server";
import { problemResponse } from "~/lib/problem";
import { todayIn } from "~/lib/time";
import { parseDayRange } from "~/metrics/day-range";
import { shopMetricsSchema } from "~/metrics/schema";
import { shopMetrics } from "~/metrics/shop-metrics.server";

/** `GET /api/shops/:shop_id/metrics?from&to` (app/metrics/schema.ts; days of the shop, inclusive). */
export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const shopId = args.params.shopId ?? "";
  const { db, timezone } = await requireApiAccess(args, shopId);
  const range = readRange(args.request, todayIn(timezone));
  const metrics = shopMetricsSchema.parse(await shopMetrics(db, { shopId, ...range }));
  return Response.json(metrics, { headers: { "Cache-Control": "private, no-store" } });
}

function readRange(request: Request, today: string) {
  try {
    return parseDayRange(new URL(request.url).searchParams, today);
  } catch (error) {
    if (!(error instanceof ZodError)) throw error;
    throw problemResponse(400, "The range could not be read.", {
      errors: z.flattenError(error).fieldErrors,
    });
  }
}
