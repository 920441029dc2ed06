import { afterAll, beforeAll, expect, it } from "vitest";
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
