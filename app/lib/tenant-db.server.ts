import type { Prisma } from "@prisma/client";
import type pg from "pg";
import type { Database } from "./db.server";
import { DefectError } from "./errors";

/** Whose rows are seen: one shop's, or those of every shop that a user was granted. */
export type TenantScope = { kind: "shop"; shopId: string } | { kind: "user"; userId: string };

export type TenantTx = Prisma.TransactionClient;

/**
 * The only way to tenant rows. Every transaction first tells Postgres whose rows it may see; the
 * policies do the rest. A function that touches tenant rows takes it as its FIRST argument.
 */
export interface TenantDb {
  readonly scope: TenantScope;
  tx<T>(work: (tx: TenantTx) => Promise<T>): Promise<T>;
}

export interface WorkerTenantDb extends TenantDb {
  readonly shopId: string;
  /** COPY and set-based SQL on one connection: same context, same rules, no time limit. */
  pgTx<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T>;
}

/** How long a Prisma transaction may wait for a connection, and last. */
const MAX_WAIT_MS = 10_000;
const TIMEOUT_MS = 30_000;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Both settings are always written, so that nothing of an earlier transaction can remain. The time
 * zone is set as well: Prisma's adapter sends and reads instants without their offset.
 */
const CONTEXT_SQL =
  "SELECT set_config('app.shop_id', $1, true), set_config('app.user_id', $2, true), set_config('TimeZone', 'UTC', true)";

function contextOf(scope: TenantScope): [shopId: string, userId: string] {
  if (scope.kind === "shop" && scope.shopId !== "") return [scope.shopId, ""];
  if (scope.kind === "user" && UUID.test(scope.userId)) return ["", scope.userId];
  throw new DefectError("A tenant scope needs a shop or a user id.", { code: "NO_TENANT" });
}

/** The handle of one shop or one user on a database. Holds no connection until `tx` runs. */
export function tenantDb(db: Database, scope: TenantScope): TenantDb {
  const context = contextOf(scope);
  return {
    scope,
    tx(work) {
      return db.prisma.$transaction(
        async (tx) => {
          await tx.$executeRawUnsafe(CONTEXT_SQL, ...context);
          return work(tx);
        },
        { maxWait: MAX_WAIT_MS, timeout: TIMEOUT_MS },
      );
    },
  };
}

/** The handle of one shop for the worker, with plain pg transactions beside Prisma's. */
export function workerTenantDb(db: Database, shopId: string): WorkerTenantDb {
  const scope: TenantScope = { kind: "shop", shopId };
  const context = contextOf(scope);
  return {
    ...tenantDb(db, scope),
    shopId,
    async pgTx(work) {
      const client = await db.pool.connect();
      let broken: Error | undefined;
      try {
        await client.query("BEGIN");
        await client.query(CONTEXT_SQL, context);
        const result = await work(client);
        await client.query("COMMIT");
        return result;
      } catch (error) {
        await client.query("ROLLBACK").catch((failure: Error) => {
          broken = failure;
        });
        throw error;
      } finally {
        client.release(broken);
      }
    },
  };
}

/** The shop of a shop's handle; credentials are never reached through a user's. */
export function shopOf(db: TenantDb): string {
  if (db.scope.kind === "shop") return db.scope.shopId;
  throw new DefectError("This needs a shop's handle, not a user's.", { code: "NO_SHOP_SCOPE" });
}
