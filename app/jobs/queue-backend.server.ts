import { createPostgresBackend, Queue, Worker, withBackend } from "bullmq";
import { Redis } from "ioredis";
import { env } from "~/lib/env.server";
import { logger } from "~/lib/logger.server";
import { syncShopJob } from "./contracts";

export interface QueueBackendOptions {
  /** Redis carries the queue when set, else Postgres (schema `bullmq`). */
  redisUrl?: string | undefined;
  /** Postgres; with session connections where jobs are taken (LISTEN). */
  databaseUrl: string;
  /** Keeps queues apart that share a Redis. */
  prefix?: string;
}

export interface QueueJob {
  /** A job that the queue still holds under this id is not added again. Must not contain `:`. */
  id: string;
  payload: unknown;
  delayMs: number;
  /** Lower goes first; equal ones in the order in which they came. */
  priority: number;
}

export interface JobQueue {
  add(job: QueueJob): Promise<void>;
  /** Jobs that wait, are delayed, or run. */
  size(): Promise<number>;
  /** Ids of jobs that only wait for a worker, `most` of them at most. */
  waiting(most: number): Promise<string[]>;
  /** Forgets everything: `sync_jobs` is the truth, the queue only carries it. */
  empty(): Promise<void>;
  close(): Promise<void>;
}

export interface JobWorker {
  /** Takes no further job and waits for those that run. */
  close(): Promise<void>;
}

/** What carries jobs; nothing outside this file knows which of the two stores it is. */
export interface QueueBackend {
  readonly kind: "redis" | "postgres";
  queue(name: string): JobQueue;
  worker(
    name: string,
    concurrency: number,
    process: (payload: unknown) => Promise<void>,
  ): JobWorker;
  /** Ends the connections; close queues and workers first. */
  close(): Promise<void>;
}

type StoredQueue = Pick<Queue, "add" | "getJobCountByTypes" | "getJobs" | "obliterate" | "close"> &
  Listening;
interface Listening {
  on(event: "error", listener: (error: Error) => void): unknown;
}

const POSTGRES_CONNECTIONS = 5;
/**
 * When a worker counts as lost that took a job and never told more of it: while the queue holds the
 * job for it, the dispatcher cannot bring it again. One that only stood still loses nothing: what is
 * delivered twice is claimed once.
 */
const MISSED = { lockDuration: 8_000, stalledInterval: 4_000 } as const;
/** Nothing of a job is kept once it ran: what happened stands in `sync_jobs`. */
const FORGET = { removeOnComplete: true, removeOnFail: true } as const;

/** The one choice between Redis and Postgres. */
export function createQueueBackend(options: QueueBackendOptions): QueueBackend {
  return options.redisUrl
    ? redisBackend(options.redisUrl, options.prefix ?? "merit")
    : postgresBackend(options.databaseUrl);
}

function redisBackend(url: string, prefix: string): QueueBackend {
  const connection = new Redis(url, { maxRetriesPerRequest: null });
  connection.on("error", onLost);
  return {
    kind: "redis",
    queue: (name) => wrapQueue(name, new Queue(name, { connection, prefix })),
    worker: (name, concurrency, process) =>
      heard(
        new Worker(name, (job) => process(job.data), {
          connection,
          prefix,
          concurrency,
          ...MISSED,
        }),
      ),
    async close() {
      connection.disconnect();
    },
  };
}

function postgresBackend(connectionString: string): QueueBackend {
  const Postgres = withBackend(createPostgresBackend);
  const connection = { connectionString, schema: "bullmq", max: POSTGRES_CONNECTIONS };
  return {
    kind: "postgres",
    queue: (name) => wrapQueue(name, new Postgres.Queue(name, { connection })),
    worker: (name, concurrency, process) =>
      heard(
        new Postgres.Worker(name, (job) => process(job.data), {
          connection,
          concurrency,
          ...MISSED,
        }),
      ),
    close: () => Promise.resolve(),
  };
}

function wrapQueue(name: string, queue: StoredQueue): JobQueue {
  heard(queue);
  return {
    async add({ id, payload, delayMs, priority }) {
      await queue.add(name, payload, { jobId: id, delay: delayMs, priority, ...FORGET });
    },
    size: () => queue.getJobCountByTypes("waiting", "prioritized", "delayed", "active"),
    async waiting(most) {
      const jobs = await queue.getJobs(["waiting", "prioritized"], 0, most - 1);
      // A job that was taken between the two questions of a Redis is null here.
      return jobs.flatMap((job) => job?.id ?? []).slice(0, most);
    },
    empty: () => queue.obliterate({ force: true }),
    close: () => queue.close(),
  };
}

/** A lost connection is logged and made anew by BullMQ; unheard, it would end the process. */
function heard<Source extends Listening>(source: Source): Source {
  source.on("error", onLost);
  return source;
}

function onLost(error: Error): void {
  logger.warn({ err: error }, "The queue's connection was lost");
}

let shared: QueueBackend | undefined;
let sharedQueue: JobQueue | undefined;

/** The queue of sync jobs as this process's environment says. */
export function syncQueue(): JobQueue {
  shared ??= createQueueBackend({ redisUrl: env().REDIS_URL, databaseUrl: env().DATABASE_URL });
  sharedQueue ??= shared.queue(syncShopJob.name);
  return sharedQueue;
}

/** Ends what `syncQueue` opened, so that the process can end. */
export async function closeSyncQueue(): Promise<void> {
  await sharedQueue?.close();
  await shared?.close();
  sharedQueue = undefined;
  shared = undefined;
}

/** Whether the queue's store answers. Never throws; may take long when it does not. */
export async function queueIsReachable(): Promise<boolean> {
  try {
    await syncQueue().size();
    return true;
  } catch {
    return false;
  }
}
