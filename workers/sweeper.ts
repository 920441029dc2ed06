import type { Database } from "~/lib/db.server";

/**
 * Puts jobs whose worker died (its lease ran out) back to QUEUED, from where the dispatcher brings
 * them on. Answers how many.
 */
export async function takeBackExpiredLeases(database: Database): Promise<number> {
  const { rows } = await database.pool.query(
    "SELECT shop_id, id FROM app_dashboard.take_back_expired_leases()",
  );
  return rows.length;
}
