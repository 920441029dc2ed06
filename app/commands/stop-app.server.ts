import { closeSyncQueue } from "~/jobs/queue-backend.server";
import { webDatabase } from "~/lib/db.server";

/** Closes what the web process holds open: queue and database. For the end, after the last answer. */
export async function stopApp(): Promise<void> {
  await closeSyncQueue();
  await webDatabase().close();
}
