import type { Database } from "~/lib/db.server";

/** Writes that this worker lives; `/health/ready` and the sweeper's watchers read it. */
export async function beat(
  database: Database,
  workerId: string,
  detail: Readonly<Record<string, string | number>>,
): Promise<void> {
  await database.pool.query(
    `INSERT INTO app_dashboard.worker_heartbeats (worker_id, at, detail) VALUES ($1, now(), $2)
     ON CONFLICT (worker_id) DO UPDATE SET at = excluded.at, detail = excluded.detail`,
    [workerId, JSON.stringify(detail)],
  );
}

/** Takes a worker that ended in good order off the list. */
export async function signOff(database: Database, workerId: string): Promise<void> {
  await database.pool.query("DELETE FROM app_dashboard.worker_heartbeats WHERE worker_id = $1", [
    workerId,
  ]);
}
