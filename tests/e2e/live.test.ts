import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { createDatabase, type Database } from "~/lib/db.server";
import { scheduleSyncs } from "../../workers/schedules";
import { expectSameFigures } from "../harness/same-figures";
import { startWholeApp, type WholeApp } from "../harness/whole-app";

const PATIENCE_MS = 30_000;

let app: WholeApp;
/** As the superuser, for letting time pass; and as the worker. */
let database: Database;
let worker: Database;
beforeAll(async () => {
  app = await startWholeApp({ seed: 8, orders: 400 });
  await app.install();
  const { admin, web, worker: workerUrl } = app.stack.databaseUrls;
  const url = new URL(admin);
  url.pathname = new URL(web).pathname;
  database = createDatabase({ url: url.href, poolSize: 1, applicationName: "test" });
  worker = createDatabase({ url: workerUrl, poolSize: 1, applicationName: "test" });
});
afterEach(() =>
  fetch(`${app.stack.simulators}/_sim/shops/${app.shop}/faults`, { method: "DELETE" }),
);
afterAll(async () => {
  await database?.close();
  await worker?.close();
  await app?.stop();
});

const toldSchema = z.looseObject({
  id: z.number().optional(),
  orders: z.array(z.object({ id: z.number() })).optional(),
});

async function sim(path: string, body: object = {}) {
  const answer = await fetch(`${app.stack.simulators}/_sim/shops/${app.shop}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  expect(answer.ok, `${path}: ${answer.status} ${text}`).toBe(true);
  return toldSchema.parse(JSON.parse(text));
}

async function placeOrder(): Promise<number> {
  const { orders } = await sim("/orders", { count: 1, seed: 11 });
  return z.number().parse(orders?.[0]?.id);
}

/** Waits until the API's figures are the truth, and fails with what differs when they never are. */
async function figuresBecomeTrue(): Promise<void> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      expectSameFigures(await app.metrics(), await app.truth());
      return;
    } catch (error) {
      if (Date.now() > until) throw error;
      await sleep(200);
    }
  }
}

const orders = async () => (await app.metrics()).totals.orders;

const deliveriesSchema = z.object({
  deliveries: z.array(
    z.object({ topic: z.string(), delivered: z.boolean(), fault: z.string().nullable() }),
  ),
});
/** What became of the stand-in's deliveries of a topic. */
async function deliveries(topic: string) {
  const answer = await fetch(`${app.stack.simulators}/_sim/webhooks`);
  const all = deliveriesSchema.parse(await answer.json()).deliveries;
  return all.filter((one) => one.topic === topic);
}

/** Who asked for the runs that ended, the newest first. */
async function askedBy(): Promise<string[]> {
  const { rows } = await database.pool.query<{ requested_by: string }>(
    `SELECT requested_by FROM app_dashboard.sync_jobs
     WHERE job_type = 'INCREMENTAL' AND status = 'SUCCEEDED' ORDER BY finished_at DESC`,
  );
  return rows.map(({ requested_by }) => requested_by);
}

let placed: number;

it("an order that is placed is in the figures, by a signed webhook alone", async () => {
  const before = await orders();
  placed = await placeOrder();
  await expect.poll(orders, { timeout: PATIENCE_MS }).toBe(Number(before) + 1);
  await figuresBecomeTrue();
  expect(await deliveries("orders/create")).toEqual([
    { topic: "orders/create", delivered: true, fault: null },
  ]);
  expect(new Set(await askedBy())).toEqual(new Set(["webhook"]));
});

it("an edit, a refund and a cancellation change them, each on its day", async () => {
  for (const [action, input] of [
    ["edit", { kind: "add" }],
    ["edit", { kind: "discount" }],
    ["refund", { amount: "1.00" }],
    ["cancel", {}],
  ] as const) {
    const before = (await app.metrics()).totals;
    await sim(`/orders/${placed}/${action}`, input);
    await figuresBecomeTrue();
    expect((await app.metrics()).totals).not.toEqual(before);
  }
});

it("a deleted order leaves them", async () => {
  const before = await orders();
  await sim(`/orders/${placed}/delete`);
  await expect.poll(orders, { timeout: PATIENCE_MS }).toBe(Number(before) - 1);
  await figuresBecomeTrue();
});

it("an order of which every webhook was lost comes by the incremental", async () => {
  await sim("/faults", { kind: "webhook_drop", times: null });
  const before = await orders();
  await placeOrder();
  const dropped = (await deliveries("orders/create")).at(-1);
  expect(dropped).toEqual({ topic: "orders/create", delivered: false, fault: "webhook_drop" });
  expect(await orders()).toBe(before);
  // As if the data had grown stale, and the worker's next pass over the schedule had come.
  await database.pool.query(
    "UPDATE app_dashboard.sync_jobs SET finished_at = finished_at - interval '1 hour' WHERE finished_at IS NOT NULL",
  );
  expect(await scheduleSyncs(worker, { maxStalenessMinutes: 15, passMinutes: 5 })).toBe(1);
  await expect.poll(orders, { timeout: PATIENCE_MS }).toBe(Number(before) + 1);
  await figuresBecomeTrue();
  expect((await askedBy())[0]).toBe("schedule");
});

it("doubled, delayed and reordered webhooks end in the same figures", async () => {
  for (const kind of ["webhook_duplicate", "webhook_delay", "webhook_reorder"]) {
    await sim("/faults", { kind, times: 4, ms: 1_500 });
  }
  const ids = [await placeOrder(), await placeOrder(), await placeOrder()];
  await sim(`/orders/${ids[0]}/refund`, { amount: "2.00" });
  await sim(`/orders/${ids[1]}/edit`, { kind: "add" });
  await sim(`/orders/${ids[2]}/delete`);
  await figuresBecomeTrue();
  await expect
    .poll(async () => (await deliveries("orders/delete")).every((one) => one.delivered), {
      timeout: PATIENCE_MS,
    })
    .toBe(true);
  await figuresBecomeTrue();
});
