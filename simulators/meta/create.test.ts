// Over 300 lines: creating and copying are tested on the one tree that both build.
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Answer, JPY, type Json, RunningMeta, USD } from "./testing/running";

const stateDir = mkdtempSync(join(tmpdir(), "meta-create-"));
let meta: RunningMeta;
let token: string;
beforeAll(async () => {
  meta = await RunningMeta.start({ stateDir });
  token = await meta.token();
});
afterAll(() => meta.stop());

const post = (path: string, params: Json) =>
  meta.graph(path, { access_token: token, ...params }, "POST");
const create = (edge: string, params: Json, account = USD) =>
  post(`act_${account}/${edge}`, params);
const idOf = (answer: Answer): string => {
  expect(answer.body).toEqual({ id: expect.stringMatching(/^\d{18}$/) });
  return String(answer.body.id);
};
const read = async (id: string, fields: string) =>
  (await meta.graph(id, { access_token: token, fields })).body;
const list = (path: string, fields = "id") =>
  meta.all(path, { access_token: token, limit: 200, fields });
const has = async (path: string, id: string) => (await list(path)).some((one) => one.id === id);

const CAMPAIGN = {
  name: "Autumn",
  objective: "OUTCOME_SALES",
  special_ad_categories: [],
  daily_budget: "5000",
};
const { daily_budget: _held, ...rest } = CAMPAIGN;
const WITHOUT_BUDGET = { ...rest, is_adset_budget_sharing_enabled: "false" };
const AD_SET = {
  name: "Broad",
  optimization_goal: "OFFSITE_CONVERSIONS",
  billing_event: "IMPRESSIONS",
  promoted_object: { pixel_id: "7", custom_event_type: "PURCHASE" },
  targeting: { geo_locations: { countries: ["DE"] } },
};
const CREATIVE = {
  name: "Picture",
  object_story_spec: {
    page_id: "1",
    link_data: { link: "https://shop.example/x", message: "Warm", name: "Coat", image_hash: "ab" },
  },
};

async function tree(status = "PAUSED", ads = 1) {
  const campaign = idOf(await create("campaigns", { ...CAMPAIGN, status }));
  const adSet = idOf(await create("adsets", { ...AD_SET, status, campaign_id: campaign }));
  const creative = idOf(await create("adcreatives", CREATIVE));
  const made: string[] = [];
  for (let n = 0; n < ads; n += 1) {
    const ad = { name: `Ad ${n}`, status, adset_id: adSet, creative: { creative_id: creative } };
    made.push(idOf(await create("ads", ad)));
  }
  return { campaign, adSet, creative, ads: made, ad: made[0] ?? "" };
}

describe("creating", () => {
  it("makes objects that are there at once, by id and under every parent", async () => {
    const { campaign, adSet, ad, creative } = await tree();
    for (const path of [`act_${USD}/ads`, `${campaign}/ads`, `${adSet}/ads`]) {
      expect(await has(path, ad)).toBe(true);
    }
    expect(await has(`${campaign}/adsets`, adSet)).toBe(true);
    expect(await has(`act_${USD}/campaigns`, campaign)).toBe(true);
    expect(await has(`act_${USD}/adcreatives`, creative)).toBe(true);
    expect(await list(`${ad}/adcreatives`)).toEqual([{ id: creative }]);
    expect(await read(campaign, "name,objective,daily_budget,created_time,start_time")).toEqual({
      id: campaign,
      name: "Autumn",
      objective: "OUTCOME_SALES",
      daily_budget: "5000",
      created_time: "2026-06-30T11:20:00-0400",
      start_time: "2026-06-30T11:20:00-0400",
    });
    expect(await read(adSet, "campaign_id,targeting,daily_budget")).toEqual({
      id: adSet,
      campaign_id: campaign,
      targeting: AD_SET.targeting,
    });
    expect(await read(creative, "body,title,link_url,object_story_spec")).toMatchObject({
      body: "Warm",
      title: "Coat",
      link_url: "https://shop.example/x",
      object_story_spec: CREATIVE.object_story_spec,
    });
  });

  it("begins PAUSED, and the parents' status shows in the effective one", async () => {
    const { ad } = await tree();
    expect(await read(ad, "status,effective_status")).toMatchObject({
      status: "PAUSED",
      effective_status: "PAUSED",
    });
    const active = await tree("ACTIVE");
    const effective = async () => (await read(active.ad, "effective_status")).effective_status;
    expect(await effective()).toBe("ACTIVE");
    await post(active.campaign, { status: "PAUSED" });
    expect(await effective()).toBe("CAMPAIGN_PAUSED");
    await post(active.adSet, { status: "PAUSED" });
    expect(await effective()).toBe("ADSET_PAUSED");
  });

  it("spends nothing", async () => {
    const { campaign } = await tree("ACTIVE");
    await meta.sim("/clock", { advance_seconds: 86_400 });
    const params = { access_token: token, date_preset: "today", fields: "spend" };
    expect(await meta.all(`${campaign}/insights`, params)).toEqual([]);
  });

  it("of a dry run answers success and makes nothing", async () => {
    const before = await list(`act_${USD}/campaigns`);
    const dry = { ...CAMPAIGN, execution_options: ["validate_only"] };
    expect((await create("campaigns", dry)).body).toEqual({ success: true });
    expect(await list(`act_${USD}/campaigns`)).toEqual(before);
    const wrong = await create("campaigns", { ...dry, objective: "SALES" });
    expect(meta.refusal(wrong).code).toBe("100");
  });

  it("needs ads_management", async () => {
    const other = await RunningMeta.start();
    const reader = await other.token({ scopes: ["ads_read"] });
    const asked = { access_token: reader, ...CAMPAIGN };
    const refused = await other.graph(`act_${USD}/campaigns`, asked, "POST");
    expect(other.refusal(refused).code).toBe("294");
    await other.stop();
  });

  it.each(["name", "objective", "special_ad_categories"])("a campaign needs %s", async (name) => {
    const answer = await create("campaigns", { ...CAMPAIGN, [name]: "" });
    expect(meta.refusal(answer)).toEqual({ code: "100", message: expect.stringContaining(name) });
  });

  it.each<[string, Json, string]>([
    ["an unknown special category", { special_ad_categories: ["FISH"] }, "100"],
    ["a status it cannot begin with", { status: "ARCHIVED" }, "100"],
    ["two budgets", { lifetime_budget: "90000" }, "100"],
    ["a budget in major units", { daily_budget: "50.00" }, "100"],
    ["a budget below the least", { daily_budget: "99" }, "100/1885272"],
    ["a lifetime budget without end", { daily_budget: "", lifetime_budget: "90000" }, "100"],
    ["no budget and no word on sharing", { daily_budget: "" }, "100"],
    ["an end before its start", { end_time: "2026-06-01T00:00:00-0400" }, "100"],
  ])("a campaign with %s is refused", async (_what, params, code) => {
    expect(meta.refusal(await create("campaigns", { ...CAMPAIGN, ...params })).code).toBe(code);
  });

  it.each([
    "name",
    "campaign_id",
    "optimization_goal",
    "billing_event",
    "targeting",
    "promoted_object",
  ])("an ad set needs %s", async (name) => {
    const campaign_id = idOf(await create("campaigns", CAMPAIGN));
    const answer = await create("adsets", { ...AD_SET, campaign_id, [name]: "" });
    expect(meta.refusal(answer)).toEqual({ code: "100", message: expect.stringContaining(name) });
  });

  it("an ad set holds a budget exactly where its campaign holds none", async () => {
    const holds = idOf(await create("campaigns", CAMPAIGN));
    const holdsNot = idOf(await create("campaigns", WITHOUT_BUDGET));
    const under = async (campaign_id: string, params: Json = {}) =>
      create("adsets", { ...AD_SET, campaign_id, ...params });
    const twice = await under(holds, { daily_budget: "5000" });
    expect(meta.refusal(twice).code).toBe("100/1885621");
    expect(meta.refusal(await under(holdsNot)).code).toBe("100");
    const lifetime = { lifetime_budget: "90000" };
    expect(meta.refusal(await under(holdsNot, lifetime)).message).toContain("end_time");
    const end_time = "2026-07-30T00:00:00-0400";
    const adSet = idOf(await under(holdsNot, { ...lifetime, end_time }));
    expect(await read(adSet, "lifetime_budget,budget_remaining,end_time")).toEqual({
      id: adSet,
      lifetime_budget: "90000",
      budget_remaining: "90000",
      end_time,
    });
    for (const amount of ["91000", "92000", "93000", "94000"]) {
      expect((await post(adSet, { lifetime_budget: amount })).body).toEqual({ success: true });
    }
    expect((await read(adSet, "lifetime_budget")).lifetime_budget).toBe("94000");
  });

  it("an ad set with a cap needs its bid", async () => {
    const campaign_id = idOf(await create("campaigns", CAMPAIGN));
    const capped = { ...AD_SET, campaign_id, bid_strategy: "COST_CAP" };
    expect(meta.refusal(await create("adsets", capped)).message).toContain("bid_amount");
    const adSet = idOf(await create("adsets", { ...capped, bid_amount: "700" }));
    expect((await read(adSet, "bid_amount")).bid_amount).toBe("700");
  });

  it("an ad needs an ad set that lives, and a creative; a creative needs a story", async () => {
    const { adSet, creative } = await tree();
    const ad = { name: "Late", adset_id: adSet, creative: { creative_id: creative } };
    for (const wrong of [{ name: "" }, { adset_id: "1" }, { creative: { creative_id: adSet } }]) {
      expect(meta.refusal(await create("ads", { ...ad, ...wrong })).code).toBe("100");
    }
    await post(adSet, { status: "ARCHIVED" });
    expect(meta.refusal(await create("ads", ad)).message).toContain("archived");
    expect(meta.refusal(await create("adcreatives", { name: "Empty" })).code).toBe("100");
  });
});

describe("copying", () => {
  type Copied = { ad_object_type: string; source_id: string; copied_id: string }[];
  const copy = (id: string, params: Json = {}) => post(`${id}/copies`, params);

  it("takes a campaign alone, PAUSED and renamed", async () => {
    const { campaign } = await tree("ACTIVE");
    const { body } = await copy(campaign);
    const id = String(body.copied_campaign_id);
    const pair = { ad_object_type: "campaign", source_id: campaign, copied_id: id };
    expect(body.ad_object_ids).toEqual([pair]);
    expect(await read(id, "name,status,daily_budget,objective,source_campaign_id")).toEqual({
      id,
      name: "Autumn - Copy",
      status: "PAUSED",
      daily_budget: "5000",
      objective: "OUTCOME_SALES",
      source_campaign_id: campaign,
    });
    expect(await list(`${id}/adsets`)).toEqual([]);
  });

  it("takes up to three ads along, a creative that they share once", async () => {
    const source = await tree("ACTIVE", 3);
    const { body } = await copy(source.campaign, {
      deep_copy: true,
      status_option: "INHERITED_FROM_SOURCE",
      rename_options: { rename_strategy: "DEEP_RENAME", rename_suffix: " II" },
    });
    const pairs = body.ad_object_ids as Copied;
    expect(pairs.map((one) => one.ad_object_type)).toEqual(
      ["campaign", "ad_set", "ad", "ad", "ad"].concat("unique_adcreative"),
    );
    expect(pairs.map((one) => one.source_id)).toEqual(
      [source.campaign, source.adSet, ...source.ads].concat(source.creative),
    );
    const ads = await list(`${body.copied_campaign_id}/ads`, "id,name,status,creative");
    expect(ads.map((one) => [one.name, one.status])).toEqual(
      ["Ad 0 II", "Ad 1 II", "Ad 2 II"].map((name) => [name, "ACTIVE"]),
    );
    expect(ads[0]?.creative).toMatchObject({ id: pairs.at(-1)?.copied_id });
    expect(await list(`${source.campaign}/ads`)).toHaveLength(3);
  });

  it("refuses a fourth ad, and leaves nothing behind", async () => {
    const { campaign, ads } = await tree("PAUSED", 4);
    const before = await list(`act_${USD}/campaigns`);
    expect(meta.refusal(await copy(campaign, { deep_copy: true })).code).toBe("100");
    expect(await list(`act_${USD}/campaigns`)).toEqual(before);
    await post(ads[3] ?? "", { status: "DELETED" });
    expect((await copy(campaign, { deep_copy: true })).status).toBe(200);
  });

  it("renames the top alone unless told, and may rename nothing", async () => {
    const { adSet, ad } = await tree();
    const { body } = await copy(adSet, {
      deep_copy: true,
      rename_options: { rename_prefix: "2 " },
    });
    const id = String(body.copied_adset_id);
    expect((await read(id, "name")).name).toBe("2 Broad");
    expect(await list(`${id}/ads`, "name")).toMatchObject([{ name: "Ad 0" }]);
    const kept = await copy(ad, { rename_options: { rename_strategy: "NO_RENAME" } });
    expect(await read(String(kept.body.copied_ad_id), "name,adset_id")).toMatchObject({
      name: "Ad 0",
      adset_id: adSet,
    });
    expect(meta.refusal(await copy(ad, { status_option: "DELETED" })).code).toBe("100");
  });

  it("of what the plan runs spends nothing and leaves the source's spend alone", async () => {
    const spend = async (id: string) =>
      meta.all(`${id}/insights`, { access_token: token, date_preset: "today", fields: "spend" });
    const sources = await list(`act_${USD}/ads`, "id,effective_status");
    const source = String(sources.find((one) => one.effective_status === "ACTIVE")?.id);
    const before = await spend(source);
    const { body } = await copy(source, { status_option: "ACTIVE" });
    expect(await spend(source)).toEqual(before);
    await meta.sim("/clock", { advance_seconds: 86_400 });
    expect(await spend(String(body.copied_ad_id))).toEqual([]);
  });
});

it("minimum budgets are in the account's minor units", async () => {
  const [dollars] = await list(`act_${USD}/minimum_budgets`);
  const [yen] = await list(`act_${JPY}/minimum_budgets`);
  expect(dollars).toMatchObject({ currency: "USD", min_daily_budget_imp: 100 });
  expect(yen).toMatchObject({ currency: "JPY", min_daily_budget_imp: 150 });
});

it("what was made is there after a restart, and new ids are new", async () => {
  const { ad, adSet, creative } = await tree("ACTIVE");
  await meta.stop();
  meta = await RunningMeta.start({ stateDir, now: () => new Date("2026-07-05T18:00:00Z") });
  expect(await read(ad, "effective_status,adset_id,creative")).toMatchObject({
    effective_status: "ACTIVE",
    adset_id: adSet,
    creative: { id: creative },
  });
  expect(await has(`${adSet}/ads`, idOf(await create("campaigns", CAMPAIGN)))).toBe(false);
  expect(await has(`${adSet}/ads`, ad)).toBe(true);
});
