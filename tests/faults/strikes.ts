import { setTimeout as sleep } from "node:timers/promises";
import type { Round, Strike } from "./rounds";
import type { World } from "./world";

const START_MS = 30_000;
const PHASE_MS = 1_500;
/** Two renewals of the sweeper's beat: by then what nobody renews must have been taken back. */
const TAKEN_BACK_MS = 15_000;

/** Waits until both workers have begun: one that finds no database at its start rightly ends. */
export async function untilUp({ workers }: World): Promise<void> {
  const deadline = Date.now() + START_MS;
  while (!workers.every((worker) => worker.output().includes("Worker started"))) {
    if (Date.now() > deadline) throw new Error("a worker does not start");
    await sleep(20);
  }
}

/** Waits for the round's moment; a phase that does not come in time is not waited for. */
export async function untilMoment(world: World, { moment }: Round): Promise<void> {
  if ("afterMs" in moment) {
    await sleep(moment.afterMs);
    return;
  }
  const deadline = Date.now() + PHASE_MS;
  while (Date.now() < deadline) {
    const { rowCount } = await world.database.admin.query(
      "SELECT 1 FROM app_dashboard.sync_jobs WHERE status = 'IN_PROGRESS' AND phase = $1",
      [moment.phase],
    );
    if (rowCount) return;
    await sleep(10);
  }
}

const workerAt = (world: World, place: number) => {
  const worker = world.workers[place];
  if (!worker) throw new Error(`no worker ${place}`);
  return worker;
};

async function kill(world: World, places: readonly number[]): Promise<void> {
  await Promise.all(places.map((place) => workerAt(world, place).end("SIGKILL")));
  for (const place of places) world.replace(place);
}

/** Lets it happen, and puts the house in order again so far as that is not the workers' own part. */
export const STRIKE: Readonly<Record<Strike, (world: World, round: Round) => Promise<unknown>>> = {
  "kill one worker": (world, { victim }) => kill(world, [victim]),
  "kill both workers": (world) => kill(world, [0, 1]),
  async "freeze a worker beyond its lease"(world, { victim }) {
    const worker = workerAt(world, victim);
    worker.freeze();
    try {
      await sleep(2_500);
      await leasesTakenBack(world);
    } finally {
      worker.thaw();
    }
  },
  "lose the queue": ({ carrier }) => carrier.lose(),
  "restart the database in good order": ({ postgres }) => postgres.restart("fast"),
  "crash the database": ({ postgres }) => postgres.restart("immediate"),
  async "cut the workers' connections"({ database, carrier }) {
    await database.admin.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND usename = $1 AND application_name <> 'test-worker'`,
      [new URL(database.urls.worker).username],
    );
    await carrier.cut();
  },
  "Shopify errs": ({ sim, shops }, { shopifyError: { shop, error } }) =>
    sim(`/shops/${shops[shop]?.shopId}/faults`, error),
  "Meta errs": ({ sim }, { metaError }) => sim("/meta/faults", metaError),
};

/**
 * Waits until no job is held by somebody who no longer renews its lease. A worker that stands still
 * within a transaction keeps what it locked there until the transaction ends; nothing else.
 */
async function leasesTakenBack({ database }: World): Promise<void> {
  const deadline = Date.now() + TAKEN_BACK_MS;
  for (;;) {
    const { rows } = await database.admin.query(
      `SELECT shop_id, platform, lease_until FROM app_dashboard.sync_jobs
       WHERE status = 'IN_PROGRESS' AND lease_until < now() - interval '1 second'`,
    );
    const { rowCount: open } = await database.admin.query(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database()
         AND xact_start < now() - interval '2 seconds' AND application_name = 'merit-worker'
         AND (state = 'idle in transaction' OR query LIKE 'COPY %')`,
    );
    if (rows.length <= (open ?? 0)) return;
    if (Date.now() > deadline) throw new Error(`leases not taken back: ${JSON.stringify(rows)}`);
    await sleep(50);
  }
}
