import type { Database } from "~/lib/db.server";
import { PRIORITY } from "~/sync/priorities";

/** Webhooks come in bursts (an order sets off four): what is this young waits for its brothers. */
const GATHER_SECONDS = 3;

/**
 * Asks for an INCREMENTAL of every shop of which webhooks told something and where nothing runs.
 * Answers how many.
 */
export async function queueDirtySyncs(database: Database): Promise<number> {
  const { rowCount } = await database.pool.query(
    "SELECT shop_id FROM app_dashboard.queue_dirty_syncs(make_interval(secs => $1), $2)",
    [GATHER_SECONDS, PRIORITY.SCHEDULED],
  );
  return rowCount ?? 0;
}
