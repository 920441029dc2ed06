import { createQueueBackend } from "~/jobs/queue-backend.server";
import { type Database, workerDatabase } from "~/lib/db.server";
import { env } from "~/lib/env.server";
import { logger } from "~/lib/logger.server";
import { outgoingFetch } from "~/lib/outgoing.server";
import { redactText } from "~/lib/redact";
import { startWorker } from "./worker";

/** Longer than this, and whoever stops us kills us anyway. */
const DRAIN_MS = 20_000;

async function main(): Promise<void> {
  const settings = env();
  const database = workerDatabase();
  await assertDatabase(database);
  const worker = startWorker({
    database,
    backend: createQueueBackend({
      redisUrl: settings.REDIS_URL,
      databaseUrl: settings.WORKER_DATABASE_URL,
    }),
    access: {
      clientId: settings.SHOPIFY_API_KEY,
      clientSecret: settings.SHOPIFY_API_SECRET,
      fetch: outgoingFetch,
    },
    meta: settings.META_APP_SECRET
      ? { appSecret: settings.META_APP_SECRET, fetch: outgoingFetch }
      : null,
    concurrency: settings.WORKER_CONCURRENCY,
    leaseSeconds: settings.LEASE_SECONDS,
    maxStalenessMinutes: settings.MAX_STALENESS_MINUTES,
    log: logger,
  });
  logger.info({ worker: worker.workerId }, "Worker started");

  let stopping = false;
  const stop = (signal: NodeJS.Signals) => {
    if (stopping) return;
    stopping = true;
    logger.info({ signal }, "Worker stops");
    setTimeout(() => process.exit(1), DRAIN_MS).unref();
    worker
      .stop()
      .then(() => database.close())
      .then(() => process.exit(0))
      .catch((error: unknown) => {
        logger.error({ err: error }, "The worker did not stop cleanly");
        process.exit(1);
      });
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}

async function assertDatabase(database: Database): Promise<void> {
  try {
    await database.pool.query("select now()");
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message || cause.name : String(cause);
    throw new Error(
      `The worker does not start: the database of WORKER_DATABASE_URL does not answer (${reason}).`,
    );
  }
  logger.info("DB connection ok");
}

main().catch((error: unknown) => {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${redactText(message)}\n`);
  process.exit(1);
});
