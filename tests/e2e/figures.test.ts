import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { connectMeta } from "../../scripts/demo/connect-meta";
import { watchHistory } from "../../scripts/demo/install";
import { expectSameAds } from "../harness/same-ads";
import { expectSameFigures } from "../harness/same-figures";
import { startWholeApp, type WholeApp } from "../harness/whole-app";

let app: WholeApp;
beforeAll(async () => {
  app = await startWholeApp({ seed: 42, orders: 2_500 });
  await app.install();
});
afterAll(() => app?.stop());

it("after install and backfill the API's figures equal the stand-in's truth, every day", async () => {
  const metrics = await app.metrics();
  expect(metrics.history_complete).toBe(true);
  expectSameFigures(metrics, await app.truth());
});

it("and once Meta is connected, so do spend, MER and ROAS", async () => {
  const { stack, shop } = app;
  // Today's spend grows by the minute: what is compared must be of one moment.
  const clock = await fetch(`${stack.simulators}/_sim/clock`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ running: false }),
  });
  expect(clock.status).toBe(200);
  await connectMeta(stack, shop);
  await watchHistory(stack, shop, "META");
  const truth = await adTruth(shop.replace(".myshopify.com", ""));
  const days = truth.map(({ date }) => date).sort();
  const metrics = await app.metrics({ from: days[0] ?? "", to: days.at(-1) ?? "" });
  expect(metrics.marketing).toMatchObject({ connected: true, history_complete: true });
  expect(Number(metrics.totals.spend)).toBeGreaterThan(0);
  expect(Number(metrics.totals.mer)).toBeGreaterThan(0);
  expectSameAds(metrics, truth);
});

/** What the stand-in's ad account of this store truly did, a line for each ad and day. */
async function adTruth(store: string): Promise<{ date: string }[]> {
  const at = `${app.stack.simulators}/_sim/ad-accounts`;
  const list = z.object({
    ad_accounts: z.array(z.looseObject({ id: z.string(), name: z.string() })),
  });
  const { ad_accounts } = list.parse(await (await fetch(at)).json());
  const own = ad_accounts.find(({ name }) => name.endsWith(`(${store})`)) ?? ad_accounts[0];
  const lines = await (await fetch(`${at}/${own?.id}/insights.jsonl`)).text();
  return lines
    .trimEnd()
    .split("\n")
    .map((line) => z.looseObject({ date: z.string() }).parse(JSON.parse(line)));
}
