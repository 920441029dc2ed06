import { metaApp } from "~/connectors/meta/meta-app.server";
import type { TenantDb } from "~/lib/tenant-db.server";
import { type SyncStatus, syncStatus } from "~/sync/freshness.server";
import { type MetaConnection, metaConnection } from "~/tenancy/meta-connection.server";

export interface MetaState {
  /** null: nobody has connected Meta with this shop. */
  connection: MetaConnection | null;
  sync: SyncStatus;
}

/** Whether this installation has a Meta app, so that Meta can be connected at all. */
export function metaIsOffered(): boolean {
  return metaApp() !== null;
}

/** How a shop stands with Meta, for pages; null when this installation has no Meta app to offer. */
export async function metaState(db: TenantDb, shopId: string): Promise<MetaState | null> {
  if (!metaIsOffered()) return null;
  const [connection, sync] = await Promise.all([
    metaConnection(db, shopId),
    syncStatus(db, shopId, "META"),
  ]);
  return { connection, sync };
}
