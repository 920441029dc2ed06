import { describe, expect, it } from "vitest";
import { usagesOf } from "./usage-headers";

const told = (headers: Record<string, unknown>, subject = "act_339410370") => {
  const texts = Object.entries(headers).map(([name, value]): [string, string] => [
    name,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  return Object.fromEntries(usagesOf(new Headers(texts), subject));
};

const useCase = (type: string, count: number, minutes = 0) => ({
  type,
  call_count: count,
  total_cputime: 1,
  total_time: 1,
  estimated_time_to_regain_access: minutes,
  ads_api_access_tier: "development_access",
});

describe("headers as Meta sent them (v23.0, insights)", () => {
  it.each([
    ["339410370", "act_339410370"],
    ["1042231271137151", "act_1042231271137151"],
  ])("under %s", (id, subject) => {
    const headers = {
      "X-FB-Ads-Insights-Throttle":
        '{"app_id_util_pct":0.01,"acc_id_util_pct":0,"ads_api_access_tier":"development_access"}',
      "X-Business-Use-Case-Usage": `{"${id}":[{"type":"ads_insights","call_count":1,"total_cputime":1,"total_time":1,"estimated_time_to_regain_access":0,"ads_api_access_tier":"development_access"}]}`,
    };
    expect(told(headers, subject)).toEqual({
      app: { usedPercent: 0.01, resetMs: null },
      [subject]: { usedPercent: 1, resetMs: null },
    });
  });
});

describe("the highest of what concerns an ad account", () => {
  const own = { usedPercent: 80, resetMs: null };
  it.each([
    ["calls", { 339410370: [{ ...useCase("ads_insights", 80) }] }],
    ["time", { 339410370: [{ ...useCase("ads_insights", 3), total_time: 80 }] }],
    ["processor", { 339410370: [{ ...useCase("ads_management", 3), total_cputime: 80 }] }],
    ["by its business", { 555: [useCase("ads_insights", 80)] }],
    [
      "of several use cases",
      { 339410370: [useCase("ads_insights", 4), useCase("ads_management", 80)] },
    ],
    [
      "not of another account",
      { 1: [useCase("ads_insights", 99)], 339410370: [useCase("ads_insights", 80)] },
    ],
    [
      "not of audiences",
      { 339410370: [useCase("ads_insights", 80), useCase("custom_audience", 99)] },
    ],
  ])("%s", (_, usage) => {
    expect(told({ "x-business-use-case-usage": usage })).toEqual({ act_339410370: own });
  });

  it("names the time until the account's usage begins anew, in seconds", () => {
    const usage = { acc_id_util_pct: 88.5, reset_time_duration: 45 };
    expect(told({ "x-ad-account-usage": usage })).toEqual({
      act_339410370: { usedPercent: 88.5, resetMs: 45_000 },
    });
  });

  it("is all of it while a use case is closed, for minutes", () => {
    const usage = { 339410370: [useCase("ads_insights", 12, 7)] };
    const account = { acc_id_util_pct: 90, reset_time_duration: 45 };
    expect(told({ "x-business-use-case-usage": usage, "x-ad-account-usage": account })).toEqual({
      act_339410370: { usedPercent: 100, resetMs: 420_000 },
    });
  });
});

describe("the app", () => {
  it("has what its own header and the insights' throttle say, the higher of both", () => {
    const headers = {
      "x-app-usage": { call_count: 28, total_time: 31, total_cputime: 25 },
      "x-fb-ads-insights-throttle": { app_id_util_pct: 76, acc_id_util_pct: 10 },
    };
    expect(told(headers)).toEqual({
      app: { usedPercent: 76, resetMs: null },
      act_339410370: { usedPercent: 10, resetMs: null },
    });
    expect(told(headers, "app")).toEqual({ app: { usedPercent: 76, resetMs: null } });
  });
});

it("tells nothing by headers that are missing or of an unknown form", () => {
  expect(told({})).toEqual({});
  expect(
    told({
      "x-app-usage": "28",
      "x-ad-account-usage": "not JSON",
      "x-business-use-case-usage": [],
    }),
  ).toEqual({});
});
