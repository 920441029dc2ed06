import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AdAccountWorld } from "./accounts/world";
import { Params } from "./graph/params";
import { insightRows } from "./insights/compute";
import { readInsightsRequest } from "./insights/request";
import { ACCOUNTS, JPY, type Json, NOW, RunningMeta, USD } from "./testing/running";

let meta: RunningMeta;
let token: string;
beforeAll(async () => {
  meta = await RunningMeta.start();
  token = await meta.token();
});
afterAll(() => meta.stop());

const june = { since: "2026-06-01", until: "2026-06-29" };
const ask = (params: Json, id = `act_${USD}`) =>
  meta.all(`${id}/insights`, { access_token: token, time_range: june, limit: 500, ...params });
const cents = (value: unknown) => Math.round(Number(value ?? 0) * 100);
const total = (rows: Json[], field: string) =>
  rows.reduce((sum, row) => sum + cents(row[field]), 0);

interface Action {
  action_type: string;
  value: string;
  [window: string]: string;
}
const actions = (row: Json | undefined, field = "actions") => (row?.[field] ?? []) as Action[];
const purchase = (row: Json | undefined, field = "actions") =>
  actions(row, field).find((one) => one.action_type === "omni_purchase");

describe("rows", () => {
  it("hold strings, only what was asked, and only days that delivered", async () => {
    const rows = await ask({
      fields: "spend,impressions,clicks,cpc",
      time_increment: 1,
      level: "ad",
    });
    const truth = (await meta.truth(USD)).filter(
      ({ date }) => date >= june.since && date <= june.until,
    );
    expect(rows.length).toBe(truth.length);
    for (const row of rows) {
      for (const value of Object.values(row)) expect(typeof value).toBe("string");
      expect(row.date_start).toBe(row.date_stop);
      if (row.clicks === "0") expect(row).not.toHaveProperty("cpc");
    }
    expect(rows.some((row) => row.clicks === "0")).toBe(true);
  });

  it("repeat one purchase under several aliases, and leave actions out where there were none", async () => {
    const rows = await ask({
      fields: "actions,action_values,purchase_roas,spend",
      time_increment: 1,
    });
    const row = rows.find((one) => purchase(one));
    const counts = actions(row).filter((one) => one.action_type.includes("purchase"));
    expect(counts.length).toBeGreaterThanOrEqual(5);
    expect(new Set(counts.map((one) => one.value)).size).toBe(1);
    expect(purchase(row, "purchase_roas")?.value).toBe(
      String(
        Math.round((Number(purchase(row, "action_values")?.value) / Number(row?.spend)) * 1e6) /
          1e6,
      ),
    );
    expect(purchase(row)).not.toHaveProperty("7d_click");
  });

  it("hold no actions where nothing happened, such as minutes after midnight", async () => {
    const early = await RunningMeta.start({ now: () => new Date("2026-06-30T04:12:00Z") });
    const params = { access_token: await early.token(), date_preset: "today", level: "ad" };
    const rows = await early.all(`act_${USD}/insights`, { ...params, fields: "spend,actions,cpc" });
    const quiet = rows.filter((row) => !("actions" in row));
    expect(quiet.length).toBeGreaterThan(0);
    for (const row of quiet) expect(row).not.toHaveProperty("cpc");
    await early.stop();
  });

  it("carry a key for each window asked for, none for the windows that ended in 2026", async () => {
    const [row] = await ask({
      fields: "actions",
      action_attribution_windows: ["1d_click", "7d_click", "28d_click", "1d_view", "7d_view"],
    });
    const found = purchase(row);
    const of = (window: string) => Number(found?.[window]);
    expect(of("1d_click")).toBeLessThan(of("7d_click"));
    expect(of("7d_click")).toBeLessThanOrEqual(of("28d_click"));
    expect(of("1d_view")).toBeGreaterThan(0);
    expect(found).not.toHaveProperty("7d_view");
  });

  it("write yen without decimals", async () => {
    const [row] = await ask({ fields: "spend,account_currency" }, `act_${JPY}`);
    expect(row).toMatchObject({ spend: expect.stringMatching(/^\d+$/), account_currency: "JPY" });
  });

  it.each([
    ["age,gender", "age"],
    ["country", "country"],
    ["publisher_platform", "publisher_platform"],
    ["device_platform", "device_platform"],
  ])("broken down by %s add up to the whole", async (breakdowns, key) => {
    const fields = "spend,impressions,clicks,actions";
    const whole = await ask({ fields, level: "campaign" });
    const parts = await ask({ fields, level: "campaign", breakdowns });
    expect(parts.length).toBeGreaterThan(whole.length);
    for (const row of parts) expect(row).toHaveProperty(key);
    for (const field of ["spend", "impressions", "clicks"]) {
      expect(total(parts, field)).toBe(total(whole, field));
    }
    const bought = (rows: Json[]) =>
      rows.reduce((sum, row) => sum + Number(purchase(row)?.value ?? 0), 0);
    expect(bought(parts)).toBe(bought(whole));
  });

  it("leave pixel purchases out by region, and reach out of old breakdowns", async () => {
    const fields = "reach,actions";
    const regions = await ask({ fields, breakdowns: "region" });
    for (const row of regions) {
      expect(purchase(row)).toBeUndefined();
      expect(row).toHaveProperty("reach");
    }
    const old = { since: "2025-05-01", until: "2026-06-29" };
    for (const row of await ask({ fields, breakdowns: "age", time_range: old })) {
      expect(row).not.toHaveProperty("reach");
    }
    for (const row of await ask({ fields, time_range: old })) expect(row).toHaveProperty("reach");
  });

  it("show video views of videos alone, and rankings of ads alone", async () => {
    const fields = "ad_name,video_play_actions,video_p100_watched_actions,quality_ranking";
    const rows = await ask({ fields, level: "ad" });
    for (const row of rows) {
      expect("video_play_actions" in row).toBe(String(row.ad_name).startsWith("Video"));
      expect(row.quality_ranking).toMatch(/^(ABOVE_AVERAGE|AVERAGE|UNKNOWN)$/);
    }
    expect((await ask({ fields }))[0]).not.toHaveProperty("quality_ranking");
  });

  it.each([
    ["yesterday", "2026-06-29", "2026-06-29"],
    ["last_7d", "2026-06-23", "2026-06-29"],
    ["last_month", "2026-05-01", "2026-05-31"],
    ["this_quarter", "2026-04-01", "2026-06-30"],
    ["last_week_mon_sun", "2026-06-22", "2026-06-28"],
    ["last_week_sun_sat", "2026-06-21", "2026-06-27"],
    ["this_week_sun_today", "2026-06-28", "2026-06-30"],
  ])("of %s are from %s to %s", async (date_preset, since, until) => {
    const [row] = await meta.all(`act_${USD}/insights`, {
      access_token: token,
      fields: "spend",
      date_preset,
    });
    expect([row?.date_start, row?.date_stop]).toEqual([since, until]);
  });

  it("cut the range by increment and preset", async () => {
    const count = async (params: Json) => (await ask({ fields: "spend", ...params })).length;
    expect(await count({ time_increment: 7 })).toBe(5);
    expect(await count({ time_increment: "all_days" })).toBe(1);
    const range = { since: "2026-03-10", until: "2026-06-05" };
    expect(await count({ time_increment: "monthly", time_range: range })).toBe(4);
    const [today] = await meta.all(`act_${USD}/insights`, {
      access_token: token,
      date_preset: "today",
      fields: "spend",
    });
    expect(today).toMatchObject({ date_start: "2026-06-30", date_stop: "2026-06-30" });
  });

  it("are those that pass the filters", async () => {
    const all = await ask({ fields: "ad_id,impressions", level: "ad" });
    const filtering = [{ field: "ad.impressions", operator: "GREATER_THAN", value: 20_000 }];
    const some = await ask({ fields: "ad_id,impressions", level: "ad", filtering });
    expect(some).toEqual(all.filter((row) => Number(row.impressions) > 20_000));
    expect(some.length).toBeLessThan(all.length);
  });
});

describe("levels", () => {
  it("add up to the account for every seed, deleted ads included; reach does not", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5_000 }),
        fc.constantFrom("USD", "JPY"),
        (seed, currency) => {
          const options = ACCOUNTS[0];
          if (!options) throw new Error("no account");
          const plan = {
            ...options.plan,
            seed,
            currency,
            scale: currency === "JPY" ? 40_000 : 300,
          };
          const account = new AdAccountWorld({ ...options, plan }, []);
          const at = Date.parse(NOW);
          const rows = (level: string) => {
            const params = new Params(
              new Map<string, unknown>([
                ["level", level],
                ["fields", "spend,impressions,clicks,reach"],
                ["time_range", { since: "2026-05-20", until: "2026-06-30" }],
              ]),
            );
            const request = readInsightsRequest(params, "account", plan.zone, at);
            return insightRows(account, account.id, request, at);
          };
          const [whole] = rows("account");
          for (const level of ["campaign", "adset", "ad"]) {
            const parts = rows(level);
            for (const field of ["spend", "impressions", "clicks"]) {
              expect(total(parts, field)).toBe(cents(whole?.[field]));
            }
            expect(total(parts, "reach")).toBeGreaterThan(cents(whole?.reach));
          }
        },
      ),
      { numRuns: 8 },
    );
  });
});

describe("what is known of a day", () => {
  it("grows until 28 days later, and spend stands", async () => {
    const late = await RunningMeta.start();
    const secret = await late.token();
    const seen = async (days: number) => {
      await late.sim("/clock", {
        at: new Date(Date.parse("2026-06-02T04:00:00Z") + days * 86_400_000).toISOString(),
      });
      const [row] = await late.all(`act_${USD}/insights`, {
        access_token: secret,
        fields: "spend,actions",
        time_range: { since: "2026-05-25", until: "2026-06-01" },
        action_attribution_windows: ["28d_click"],
      });
      return { spend: row?.spend, known: Number(purchase(row)?.["28d_click"]) };
    };
    const steps = [await seen(0), await seen(3), await seen(14), await seen(28), await seen(60)];
    expect(new Set(steps.map((step) => step.spend)).size).toBe(1);
    const known = steps.map((step) => step.known);
    expect(known).toEqual([...known].sort((a, b) => a - b));
    expect(known[0]).toBeLessThan(known[1] ?? 0);
    expect(known[1]).toBeLessThan(known[3] ?? 0);
    expect(known[3]).toBe(known[4]);
    await late.stop();
  });

  it("equals the truth's counted purchases", async () => {
    const rows = await ask({
      fields: "ad_id,actions,action_values",
      level: "ad",
      time_increment: 1,
    });
    const truth = await meta.truth(USD);
    const known = new Map(
      truth.map(({ ad_id, date, conversions }) => {
        const counted = conversions.filter((one) => one.counted && one.known);
        return [
          `${ad_id} ${date}`,
          [
            counted.reduce((sum, one) => sum + one.purchases, 0),
            counted.reduce((sum, one) => sum + cents(one.value), 0),
          ],
        ];
      }),
    );
    for (const row of rows) {
      const found = [
        Number(purchase(row)?.value ?? 0),
        cents(purchase(row, "action_values")?.value),
      ];
      expect(found).toEqual(known.get(`${row.ad_id} ${row.date_start}`));
    }
  });

  it("grows by the minute while the day runs", async () => {
    const live = await RunningMeta.start();
    const secret = await live.token();
    const spend = async () => {
      const params = { access_token: secret, date_preset: "today", fields: "spend" };
      return cents((await live.all(`act_${USD}/insights`, params))[0]?.spend);
    };
    const first = await spend();
    await live.sim("/clock", { advance_seconds: 600 });
    expect(await spend()).toBeGreaterThan(first);
    await live.stop();
  });
});
