import { describe, expect, it } from "vitest";
import type { MetaLimits } from "./options";
import { type Answer, RunningMeta, USD } from "./testing/running";

async function withLimits(
  limits: Partial<MetaLimits>,
  use: (meta: RunningMeta, token: string) => Promise<void>,
): Promise<void> {
  const meta = await RunningMeta.start({ limits });
  await use(meta, await meta.token()).finally(() => meta.stop());
}

const usage = (answer: Answer, name: string): Record<string, unknown> =>
  JSON.parse(answer.headers.get(name) ?? "{}");

describe("limits", () => {
  it("of a use case count calls of an hour and tell the minutes to wait", async () => {
    // An account without active ads: each would raise its limit by 400 calls.
    const plan = {
      seed: 1,
      from: "2027-01-01",
      to: "2027-02-01",
      zone: "UTC",
      currency: "USD",
      scale: 1,
    };
    const meta = await RunningMeta.start({
      accounts: [{ id: USD, name: "New", plan }],
      limits: { insightsPerHour: 2 },
    });
    const token = await meta.token();
    const ask = () => meta.graph(`act_${USD}/insights`, { access_token: token, fields: "spend" });
    for (let n = 0; n < 2; n += 1) expect((await ask()).body).toEqual({ data: [] });
    await meta.sim("/clock", { advance_seconds: 600 });
    const refused = await ask();
    expect(meta.refusal(refused).code).toBe("80000/2446079");
    const [row] = usage(refused, "x-business-use-case-usage")[USD] as Record<string, unknown>[];
    expect(row).toEqual({
      type: "ads_insights",
      call_count: 100,
      total_cputime: 100,
      total_time: 100,
      estimated_time_to_regain_access: 50,
      ads_api_access_tier: "standard_access",
    });
    expect((await meta.graph(`act_${USD}/campaigns`, { access_token: token })).status).toBe(200);
    await meta.sim("/clock", { advance_seconds: 3_000 });
    expect((await ask()).status).toBe(200);
    await meta.stop();
  });

  it("of an account's score block it for as long as the header says", async () => {
    await withLimits({ tier: "development_access", score: 10 }, async (meta, token) => {
      const ask = () => meta.graph(`act_${USD}/campaigns`, { access_token: token });
      for (let n = 0; n < 10; n += 1) expect((await ask()).status).toBe(200);
      const refused = await ask();
      expect(meta.refusal(refused).code).toBe("17/2446079");
      expect(usage(refused, "x-ad-account-usage")).toEqual({
        acc_id_util_pct: 100,
        reset_time_duration: 300,
        ads_api_access_tier: "development_access",
      });
      await meta.sim("/clock", { advance_seconds: 302 });
      expect((await ask()).status).toBe(200);
    });
  });

  it("of the app end calls to every account and to people", async () => {
    await withLimits({ appPerHour: 2 }, async (meta, token) => {
      const ask = () => meta.graph("me", { access_token: token });
      expect(usage(await ask(), "x-app-usage")).toEqual({
        call_count: 50,
        total_time: 50,
        total_cputime: 50,
      });
      await ask();
      expect(meta.refusal(await ask()).code).toBe("4");
      const insights = await meta.graph(`act_${USD}/insights`, { access_token: token });
      expect(meta.refusal(insights).code).toBe("4/1504022");
    });
  });

  it("of changes hold within a second", async () => {
    await withLimits({ mutationsPerSecond: 2 }, async (meta, token) => {
      const { body } = await meta.graph(`act_${USD}/campaigns`, { access_token: token, limit: 1 });
      const [campaign] = body.data as { id: string }[];
      const rename = (name: string) =>
        meta.graph(campaign?.id ?? "", { access_token: token, name }, "POST");
      await meta.sim("/clock", { at: "2026-06-30T16:00:00Z", running: false });
      await rename("a");
      await rename("b");
      expect(meta.refusal(await rename("c")).code).toBe("613/5044001");
    });
  });
});
