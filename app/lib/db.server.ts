import { PrismaClient } from "@prisma/client";
import pg from "pg";
import { env } from "./env.server";
import { logger } from "./logger.server";
import { ReleasingPrismaPg } from "./prisma-adapter.server";

export interface Database {
  prisma: PrismaClient;
  /** The same connections, for COPY and set-based SQL. Tenant rows: only through a TenantDb. */
  pool: pg.Pool;
  close(): Promise<void>;
}

interface DatabaseOptions {
  url: string;
  poolSize: number;
  /** Shown in pg_stat_activity. */
  applicationName: string;
  /** A connection that lets an open transaction rest for longer is ended; left out, never. */
  idleInTransactionMs?: number;
}

const CONNECT_TIMEOUT_MS = 10_000;
/**
 * A worker that hangs in the middle of a transaction holds locks that its successor needs, after its
 * lease ran out too. A COPY that waits for its rows does not count as resting.
 */
const WORKER_IDLE_MS = 60_000;

/**
 * One pool and a Prisma client over it. Connects at the first query. A lost connection is logged
 * and replaced; it never ends the process, which an unheard `error` event would do.
 */
export function createDatabase(options: DatabaseOptions): Database {
  const { url, poolSize, applicationName, idleInTransactionMs } = options;
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    application_name: applicationName,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    ...(idleInTransactionMs && { idle_in_transaction_session_timeout: idleInTransactionMs }),
  });
  // The error carries the whole client with it, which no log needs.
  const onLost = ({ message }: Error) =>
    logger.warn({ reason: message }, "A database connection was lost");
  pool.on("error", onLost);
  // A connection that is checked out is not covered by the pool's own listener.
  pool.on("connect", (client) => client.on("error", () => undefined));
  const prisma = new PrismaClient({ adapter: new ReleasingPrismaPg(pool) });
  return {
    prisma,
    pool,
    async close() {
      await prisma.$disconnect();
      await pool.end();
    },
  };
}

let web: Database | undefined;
let worker: Database | undefined;

/** The web process's database (role merit_web). */
export function webDatabase(): Database {
  web ??= createDatabase({
    url: env().DATABASE_URL,
    poolSize: env().DATABASE_POOL_SIZE,
    applicationName: "merit-web",
  });
  return web;
}

/** The worker process's database (role merit_worker). */
export function workerDatabase(): Database {
  worker ??= createDatabase({
    url: env().WORKER_DATABASE_URL,
    poolSize: env().DATABASE_POOL_SIZE,
    applicationName: "merit-worker",
    idleInTransactionMs: WORKER_IDLE_MS,
  });
  return worker;
}
