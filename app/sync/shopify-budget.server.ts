import type pg from "pg";
import { z } from "zod";
import type { PointBudget, Urgency } from "~/lib/api-budget";
import { logger } from "~/lib/logger.server";

const API = "SHOPIFY_ADMIN";
/** The share of a bucket that background work leaves to people and to writes (our choice). */
const RESERVE: Readonly<Record<Urgency, number>> = { background: 0.2, person: 0 };
/** Shopify's limit of a single query. */
const LARGEST_QUERY = 1_000;
/** A shop that was never asked is taken for one of the smallest plan; its first answer tells. */
const SMALLEST_PLAN = { maximum: 2_000, restoreRate: 100 };

const takenRow = z.object({ call_id: z.uuid().nullable(), wait_ms: z.number().int() });

/**
 * A shop's bucket of points as all workers share it: a row that refills by the database's clock. A
 * refused background call tells how long to wait; a person's points are taken ahead, within their
 * patience, so that no small background call slips in between for ever. The web's own calls go out
 * without it (Shopify's library makes them): they show in what the next answer tells.
 */
export function shopifyBudget(pool: pg.Pool, shop: string): PointBudget {
  return {
    async take({ points, urgency, patienceMs }) {
      const { rows } = await pool.query(
        "SELECT call_id, wait_ms FROM app_dashboard.take_points($1, $2, $3, $4, $5, $6, $7, $8)",
        [
          API,
          shop,
          points,
          RESERVE[urgency],
          LARGEST_QUERY,
          urgency === "person" ? Math.floor(patienceMs) : 0,
          SMALLEST_PLAN.maximum,
          SMALLEST_PLAN.restoreRate,
        ],
      );
      const { call_id, wait_ms } = takenRow.parse(rows[0]);
      return { call: call_id, waitMs: wait_ms };
    },
    async settle(call, { charged, told }) {
      try {
        await pool.query("SELECT app_dashboard.settle_points($1, $2, $3, $4, $5, $6, $7)", [
          call,
          API,
          shop,
          charged,
          told?.available ?? null,
          told?.maximum ?? null,
          told?.restoreRate ?? null,
        ]);
      } catch (error) {
        // The answer is worth more than the account of it, which mends itself.
        logger.warn({ err: error, shop }, "What a call cost could not be noted");
      }
    },
    async block(ms) {
      await pool.query(
        `UPDATE app_dashboard.api_budgets
         SET blocked_until = greatest(blocked_until, clock_timestamp() + $3 * interval '1 ms')
         WHERE api = $1 AND subject = $2`,
        [API, shop, ms],
      );
    },
  };
}
