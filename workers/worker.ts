import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { syncShopJob } from "~/jobs/contracts";
import type { QueueBackend } from "~/jobs/queue-backend.server";
import type { Database } from "~/lib/db.server";
import type { Logger } from "~/lib/logger.server";
import { passMinutesFor } from "~/sync/what-is-due";
import { cancelAbandonedBulks } from "./abandoned-bulks";
import { dispatchDue } from "./dispatcher";
import { every } from "./every";
import { beat, signOff } from "./heartbeat";
import { queueDirtySyncs } from "./live";
import type { MetaAccess } from "./meta-access";
import { syncShop } from "./processors/sync-shop";
import { forgetOld } from "./retention";
import { scheduleSyncs } from "./schedules";
import type { ShopifyAccess } from "./shopify-access";
import { takeBackExpiredLeases } from "./sweeper";
import type { Turns } from "./turns";

export interface WorkerOptions {
  database: Database;
  backend: QueueBackend;
  access: ShopifyAccess;
  /** null where the app has no Meta app. */
  meta: MetaAccess | null;
  concurrency: number;
  leaseSeconds: number;
  maxStalenessMinutes: number;
  /** So long a job keeps its slot while others wait. */
  turnSeconds?: number;
  log: Logger;
}

export interface RunningWorker {
  workerId: string;
  /** Takes nothing new, gives back the leases of what runs, and ends. */
  stop(): Promise<void>;
}

const DISPATCH_MS = 1_000;
const LIVE_MS = 2_000;
const SWEEP_MS = 5_000;
const HEARTBEAT_MS = 5_000;
const MINUTE_MS = 60_000;
const RETENTION_MS = 60 * MINUTE_MS;
const TURN_SECONDS = 30;

/** Starts a worker: it takes sync jobs and keeps dispatcher, sweeper, scheduler and heartbeat going. */
export function startWorker(options: WorkerOptions): RunningWorker {
  const { database, backend, access, meta, log, leaseSeconds, maxStalenessMinutes } = options;
  const passMinutes = passMinutesFor(maxStalenessMinutes);
  const workerId = `${hostname()}-${process.pid}-${randomUUID().slice(0, 8)}`;
  const draining = new AbortController();
  const queue = backend.queue(syncShopJob.name);
  let waiting = 0;
  const turns: Turns = {
    turnMs: (options.turnSeconds ?? TURN_SECONDS) * 1000,
    othersWait: () => waiting > 0,
  };
  const dispatch = async () => {
    waiting = await dispatchDue(database, queue);
  };
  const taker = backend.worker(syncShopJob.name, options.concurrency, (payload) =>
    syncShop(payload, {
      database,
      queue,
      access,
      meta,
      workerId,
      leaseSeconds,
      drain: draining.signal,
      turns,
      log,
    }),
  );
  const detail = { pid: process.pid, queue: backend.kind };
  const stops = [
    every(HEARTBEAT_MS, "heartbeat", log, () => beat(database, workerId, detail)),
    every(DISPATCH_MS, "dispatch", log, dispatch),
    every(LIVE_MS, "live", log, () => queueDirtySyncs(database)),
    every(SWEEP_MS, "sweep", log, () => takeBackExpiredLeases(database, log)),
    every(SWEEP_MS, "abandoned bulks", log, () => cancelAbandonedBulks(database, access, log)),
    every(passMinutes * MINUTE_MS, "schedule", log, () =>
      scheduleSyncs(database, { maxStalenessMinutes, passMinutes }),
    ),
    every(RETENTION_MS, "retention", log, () => forgetOld(database)),
  ];
  return {
    workerId,
    async stop() {
      draining.abort(new Error("The worker stops."));
      await Promise.all(stops.map((stop) => stop()));
      await taker.close();
      await queue.close();
      await backend.close();
      await signOff(database, workerId);
    },
  };
}
