import { randomInt } from "node:crypto";
import { Redis } from "ioredis";
import type { TestDatabase } from "../harness/database";

/** What carries the jobs, from outside: how a worker finds it, and how it is robbed of everything. */
export interface Carrier {
  env: Readonly<Record<string, string>>;
  /** All of it is gone at once, also what workers hold of it at this moment. */
  lose(): Promise<void>;
  /** Ends every connection of the workers to it. */
  cut(): Promise<void>;
  close(): Promise<void>;
}

/** BullMQ's tables that hold jobs; the others say how the schema stands. */
const JOB_TABLES = ["job", "job_dependency", "job_log", "event", "dedup", "dedup_next"];

/** Redis in a database of its own, beside whatever else is in REDIS_URL_TEST's. */
export async function openCarrier(
  kind: "postgres" | "redis",
  database: TestDatabase,
): Promise<Carrier> {
  return kind === "redis" ? redisCarrier() : postgresCarrier(database);
}

function postgresCarrier({ admin }: TestDatabase): Carrier {
  return {
    env: {},
    async lose() {
      await admin.query(`TRUNCATE ${JOB_TABLES.map((table) => `bullmq.${table}`).join(", ")}`);
    },
    // They are connections to the database, and are cut with those.
    cut: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}

function redisCarrier(): Carrier {
  const url = new URL(process.env.REDIS_URL_TEST ?? "");
  const place = randomInt(1, 16);
  url.pathname = `/${place}`;
  const redis = new Redis(url.href);
  const lose = async () => {
    const keys = await redis.keys("merit:*");
    if (keys.length > 0) await redis.del(...keys);
  };
  return {
    env: { REDIS_URL: url.href },
    lose,
    async cut() {
      const own = await redis.client("ID");
      const list = String(await redis.client("LIST"));
      for (const line of list.split("\n")) {
        const [, id] = /^id=(\d+) /.exec(line) ?? [];
        if (!id || Number(id) === own || !line.includes(` db=${place} `)) continue;
        await redis.client("KILL", "ID", id);
      }
    },
    async close() {
      await lose();
      redis.disconnect();
    },
  };
}
