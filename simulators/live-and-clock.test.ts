import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, it } from "vitest";
import { z } from "zod";
import { adClicks } from "./ad-plan/ad-clicks";
import type { AdPlanOptions } from "./ad-plan/types";
import { ReceivingApp } from "./shopify/testing/receiving-app";
import { type Simulators, startSimulators } from "./start";

const SHOP = "tiny.myshopify.com";
const ACCOUNT = "1042231271137151";
const MADE = new Date("2026-06-30T12:00:00Z");
const EVENING = "2026-07-03T04:00:00.000Z";
const NEXT_EVENING = "2026-07-04T04:00:00.000Z";
/** The day between the two, in the zone of shop and ad account. */
const DAY = "2026-07-03";
const ads: AdPlanOptions = {
  seed: 9,
  from: "2026-01-01",
  to: "2026-06-30",
  zone: "America/New_York",
  currency: "USD",
  scale: 400,
};
/** A tenth of an order a minute. */
const PACE = 0.1;
const PER_DAY = PACE * 24 * 60;

const orderLine = z.looseObject({
  id: z.string(),
  createdAt: z.string(),
  customerJourneySummary: z
    .looseObject({
      firstVisit: z
        .looseObject({
          occurredAt: z.string(),
          utmParameters: z
            .looseObject({ medium: z.string(), content: z.string().nullable() })
            .nullable(),
        })
        .nullish(),
    })
    .nullable(),
});
const insightLine = z.looseObject({ date: z.string(), spend: z.string() });

let both: Simulators;
let app: ReceivingApp;
afterEach(async () => {
  await both.stop();
  app.stop();
});

function start(stateDir: string): Promise<Simulators> {
  return startSimulators({
    stateDir,
    now: () => MADE,
    shopify: {
      port: 0,
      apiKey: "key",
      apiSecret: "secret",
      appUrl: app.url,
      appToml: app.toml,
      stores: [
        {
          kind: "generated",
          options: {
            seed: 2,
            orders: 300,
            days: 90,
            now: MADE,
            domain: SHOP,
            plan: "plus",
            currency: "USD",
            ianaTimezone: "America/New_York",
            ads,
          },
        },
      ],
    },
    meta: {
      appId: "1",
      appSecret: "s",
      redirectUris: ["http://127.0.0.1:9/meta/callback"],
      accounts: [{ id: ACCOUNT, name: "Tiny", plan: ads }],
    },
  });
}

async function post(path: string, body: unknown = {}): Promise<void> {
  const answer = await fetch(`${both.origin}/_sim${path}`, {
    method: "POST",
    body: JSON.stringify(body),
    headers: { "content-type": "application/json" },
  });
  expect(answer.status).toBe(200);
}

async function lines<T>(path: string, schema: z.ZodType<T>): Promise<T[]> {
  const text = await (await fetch(`${both.origin}/_sim${path}`)).text();
  return text
    .split("\n")
    .filter(Boolean)
    .map((line) => schema.parse(JSON.parse(line)));
}
const orders = () => lines(`/shops/${SHOP}/orders.jsonl`, orderLine);
const spendOn = async (date: string) =>
  (await lines(`/ad-accounts/${ACCOUNT}/insights.jsonl`, insightLine))
    .filter((row) => row.date === date)
    .reduce((sum, row) => sum + Number(row.spend), 0);

/** Waits until every order up to an instant has come. */
async function reached(instant: string): Promise<void> {
  await expect
    .poll(async () => (await fetch(`${both.origin}/_sim/shops/${SHOP}/live`)).json(), {
      timeout: 10_000,
    })
    .toMatchObject({ reached: instant });
}

it("orders come and ads spend as the clock moves, and only then", async () => {
  app = await ReceivingApp.start(["orders/create"]);
  const stateDir = mkdtempSync(join(tmpdir(), "live-and-clock-"));
  both = await start(stateDir);
  await post(`/shops/${SHOP}/install`);
  await post("/clock", { at: EVENING, running: false });
  const before = await orders();
  expect(await spendOn(DAY)).toBe(0);

  await post(`/shops/${SHOP}/live`, { orders_per_minute: PACE });
  await sleep(600);
  expect(await orders()).toEqual(before);

  await post("/clock", { at: NEXT_EVENING });
  await reached(NEXT_EVENING);
  const known = new Set(before.map(({ id }) => id));
  const came = (await orders()).filter(({ id }) => !known.has(id));
  expect(Math.abs(came.length - PER_DAY)).toBeLessThanOrEqual(PER_DAY * 0.2);
  const instants = came.map(({ createdAt }) => Date.parse(createdAt));
  expect(Math.min(...instants)).toBeGreaterThanOrEqual(Date.parse(EVENING));
  expect(Math.max(...instants)).toBeLessThanOrEqual(Date.parse(NEXT_EVENING));
  const hours = new Set(instants.map((at) => Math.floor(at / 3_600_000)));
  expect(hours.size).toBe(24);
  expect(await spendOn(DAY)).toBeGreaterThan(0);

  const told = () => new Set(app.received.map(({ body }) => `gid://shopify/Order/${body.id}`));
  await expect.poll(() => told().size).toBe(came.length);
  expect(told()).toEqual(new Set(came.map(({ id }) => id)));

  const span = { from: Date.parse(EVENING), until: Date.parse(NEXT_EVENING), most: PER_DAY };
  const clicks = new Map(
    adClicks(ads, span).map((click) => [`${click.ad.id} ${click.purchasedAt}`, click]),
  );
  const byAds = came.filter(
    (order) => order.customerJourneySummary?.firstVisit?.utmParameters?.medium === "paid_social",
  );
  expect(byAds.length).toBeGreaterThan(0);
  for (const { createdAt, customerJourneySummary: journey } of byAds) {
    const visit = journey?.firstVisit;
    const click = clicks.get(`${visit?.utmParameters?.content} ${Date.parse(createdAt)}`);
    expect(Date.parse(visit?.occurredAt ?? "")).toBe(click?.clickedAt);
  }

  await sleep(600);
  const held = await orders();
  expect(held).toHaveLength(before.length + came.length);
  await both.stop();
  both = await start(stateDir);
  await sleep(600);
  expect(await orders()).toEqual(held);

  // What should have come while it was stopped comes after the start.
  await post("/clock", { advance_seconds: 3 * 3_600 });
  await both.stop();
  both = await start(stateDir);
  await reached("2026-07-04T07:00:00.000Z");
  expect((await orders()).length).toBeGreaterThan(held.length);
}, 30_000);
