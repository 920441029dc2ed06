import type pg from "pg";

/**
 * Tells the planner about rows that just came in great number; otherwise it plans for the tables
 * as they were before. Reads samples only: well under a second.
 */
export async function refreshStatistics(client: pg.ClientBase): Promise<void> {
  await client.query("SELECT core_warehouse.refresh_statistics()");
}
