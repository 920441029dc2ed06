import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { JPY, type Json, RunningMeta, USD } from "./testing/running";

let meta: RunningMeta;
let token: string;
beforeAll(async () => {
  meta = await RunningMeta.start();
  token = await meta.token();
});
afterAll(() => meta.stop());

const list = (edge: string, params: Json = {}, id = `act_${USD}`) =>
  meta.all(`${id}/${edge}`, { access_token: token, limit: 200, ...params });
const read = (id: unknown, fields: string) =>
  meta.graph(String(id), { access_token: token, fields });
const write = (id: unknown, params: Json) =>
  meta.graph(String(id), { access_token: token, ...params }, "POST");
const CAMPAIGN =
  "id,name,status,effective_status,objective,buying_type,daily_budget,lifetime_budget";
const AD_SET =
  "id,campaign_id,status,effective_status,daily_budget,optimization_goal,attribution_spec";
const ALL = ["ACTIVE", "PAUSED", "ARCHIVED", "DELETED", "CAMPAIGN_PAUSED", "ADSET_PAUSED"];

async function adSetWithBudget(id = `act_${USD}`): Promise<Json> {
  const found = (await list("adsets", { fields: AD_SET }, id)).find(
    (one) => one.daily_budget !== undefined && one.effective_status === "ACTIVE",
  );
  if (!found) throw new Error("no ad set with a budget of its own");
  return found;
}

describe("lists", () => {
  it("leave archived and deleted objects out until they are asked for", async () => {
    const usual = await list("ads", { fields: "id,effective_status" });
    const all = await list("ads", { fields: "id,effective_status", effective_status: ALL });
    expect(usual.map((one) => one.effective_status)).not.toContain("DELETED");
    expect(new Set(all.map((one) => one.effective_status))).toEqual(
      new Set([...usual.map((one) => one.effective_status), "ARCHIVED", "DELETED"]),
    );
    const gone = all.find((one) => one.effective_status === "DELETED");
    expect((await read(gone?.id, "id,status")).status).toBe(200);
  });

  it("hold a budget at the campaign or at its ad sets, never at both", async () => {
    const campaigns = await list("campaigns", { fields: CAMPAIGN, effective_status: ALL });
    const adSets = await list("adsets", { fields: AD_SET, effective_status: ALL });
    const has = (one: Json) => one.daily_budget !== undefined || one.lifetime_budget !== undefined;
    expect(campaigns.some(has)).toBe(true);
    expect(adSets.some(has)).toBe(true);
    for (const adSet of adSets) {
      const campaign = campaigns.find((one) => one.id === adSet.campaign_id);
      expect(has(adSet)).not.toBe(campaign !== undefined && has(campaign));
    }
    for (const one of campaigns.filter(has)) {
      expect(one.daily_budget ?? one.lifetime_budget).toMatch(/^\d+$/);
    }
  });

  it("hang under their parents, with a count when asked", async () => {
    const [campaign] = await list("campaigns", { fields: "id" });
    const adSets = await list("adsets", { fields: "campaign_id" }, String(campaign?.id));
    expect(new Set(adSets.map((one) => one.campaign_id))).toEqual(new Set([campaign?.id]));
    const answer = await meta.graph(`act_${USD}/ads`, {
      access_token: token,
      summary: "total_count",
    });
    const every = await list("ads");
    expect(answer.body.summary).toEqual({ total_count: every.length });
    expect((answer.body.data as Json[]).length).toBe(25);
  });

  it("show creatives with the tags that stand in the shop's journeys", async () => {
    const [creative] = await list("adcreatives", {
      fields: "id,object_type,url_tags,thumbnail_url",
    });
    expect(creative?.url_tags).toMatch(/utm_medium=paid_social.*utm_content=\{\{ad\.id\}\}/);
  });

  it("too wide a page is error 1", async () => {
    const params = { access_token: token, fields: "id,object_story_spec", limit: 5_000 };
    const refusal = meta.refusal(await meta.graph(`act_${USD}/adcreatives`, params));
    expect(refusal).toEqual({
      code: "1",
      message: expect.stringContaining("reduce the amount of data"),
    });
  });
});

describe("paging", () => {
  it("goes forward and back by absolute addresses that carry the token", async () => {
    const first = await meta.graph(`act_${USD}/ads`, { access_token: token, limit: 10 });
    const paging = first.body.paging as { next: string; cursors: Record<string, string> };
    const next = new URL(paging.next);
    expect(next.origin).toBe("https://graph.facebook.com");
    expect(next.searchParams.get("access_token")).toBe(token);
    expect(next.searchParams.get("after")).toBe(paging.cursors.after);
    const second = await (await meta.fetch(next.pathname + next.search)).json();
    const previous = new URL(second.paging.previous);
    const back = await (await meta.fetch(previous.pathname + previous.search)).json();
    expect(back.data).toEqual(first.body.data);
    expect(second.data).not.toEqual(first.body.data);
    expect(paging.cursors.before).toBe("MAZDZD");
  });

  it("ends without next, the cursors remaining, and stays on the origin that was called", async () => {
    const { origin } = meta.simulator;
    const answer = await (
      await fetch(`${origin}/v25.0/act_${USD}/ads?limit=2&access_token=${token}`)
    ).json();
    expect(new URL(answer.paging.next).origin).toBe(origin);
    const last = await meta.graph(`act_${USD}/ads`, { access_token: token, limit: 500 });
    expect(last.body.paging).toEqual({
      cursors: { before: "MAZDZD", after: expect.stringMatching(/./) },
    });
  });
});

describe("changes", () => {
  it("of a name and a status are read back, and stop the spend", async () => {
    const adSet = await adSetWithBudget();
    expect((await write(adSet.id, { status: "PAUSED", name: "Held" })).body).toEqual({
      success: true,
    });
    expect((await read(adSet.id, "name,status")).body).toMatchObject({
      name: "Held",
      status: "PAUSED",
    });
    const ads = await list("ads", { fields: "effective_status" }, String(adSet.id));
    expect(ads.map((one) => one.effective_status)).toContain("ADSET_PAUSED");
    const spent = async () =>
      (
        await meta.all(`${adSet.id}/insights`, {
          access_token: token,
          date_preset: "today",
          fields: "spend",
        })
      )[0]?.spend;
    const before = await spent();
    await meta.sim("/clock", { advance_seconds: 3_600 });
    expect(await spent()).toBe(before);
    await write(adSet.id, { status: "ACTIVE" });
    await meta.sim("/clock", { advance_seconds: 3_600 });
    expect(Number(await spent())).toBeGreaterThan(Number(before));
  });

  it("of a budget move the spend with them", async () => {
    const other = await RunningMeta.start({ now: () => new Date("2026-06-30T04:00:00Z") });
    const own = await other.token();
    const adSet = await adSetWithBudget();
    const spend = async () => {
      await other.sim("/clock", { at: "2026-07-01T03:59:59Z" });
      const params = { access_token: own, date_preset: "today", fields: "spend" };
      const [row] = await other.all(`${adSet.id}/insights`, params);
      await other.sim("/clock", { at: "2026-06-30T04:00:00Z" });
      return Number(row?.spend);
    };
    const before = await spend();
    const budget = String(Number(adSet.daily_budget) * 2);
    await other.graph(String(adSet.id), { access_token: own, daily_budget: budget }, "POST");
    expect(await spend()).toBeCloseTo(before * 2, 0);
    await other.stop();
  });

  it.each<[string, string, Json, string]>([
    ["a budget below the least", USD, { daily_budget: "99" }, "100/1885272"],
    [
      "yen in hundredths: 149 yen are below a dollar's worth",
      JPY,
      { daily_budget: "149" },
      "100/1885272",
    ],
    ["a budget that is no integer", USD, { daily_budget: "50.5" }, "100"],
    ["both kinds of budget", USD, { daily_budget: "5000", lifetime_budget: "5000" }, "100"],
    ["another kind of budget", USD, { lifetime_budget: "500000" }, "100"],
    ["an unknown status", USD, { status: "STOPPED" }, "100"],
    ["nothing", USD, {}, "100"],
  ])("%s is refused", async (_what, account, params, code) => {
    const adSet = await adSetWithBudget(`act_${account}`);
    expect(meta.refusal(await write(adSet.id, params)).code).toBe(code);
  });

  it("a budget where another level holds it is refused", async () => {
    const adSets = await list("adsets", { fields: AD_SET });
    const under = adSets.find((one) => one.daily_budget === undefined);
    expect(meta.refusal(await write(under?.id, { daily_budget: "5000" })).code).toBe("100/1885621");
  });

  it("a fifth budget within the hour is refused, and a dry run changes nothing", async () => {
    const adSet = await adSetWithBudget(`act_${JPY}`);
    const dry = { daily_budget: "7000", execution_options: ["validate_only"] };
    expect((await write(adSet.id, dry)).body).toEqual({ success: true });
    for (const amount of [8_000, 8_100, 8_200, 8_300]) {
      expect((await write(adSet.id, { daily_budget: String(amount) })).status).toBe(200);
    }
    expect(meta.refusal(await write(adSet.id, { daily_budget: "8400" })).code).toBe("613/1487632");
    await meta.sim("/clock", { advance_seconds: 3_601 });
    expect((await write(adSet.id, { daily_budget: "8400" })).status).toBe(200);
    expect((await read(adSet.id, "daily_budget")).body.daily_budget).toBe("8400");
  });

  it("what is archived can only be deleted, what is deleted not be changed", async () => {
    const [, campaign] = await list("campaigns", { fields: "id" });
    await write(campaign?.id, { status: "ARCHIVED" });
    expect(meta.refusal(await write(campaign?.id, { status: "ACTIVE" })).code).toBe("100/1487057");
    expect(
      (await meta.graph(String(campaign?.id), { access_token: token }, "DELETE")).body,
    ).toEqual({
      success: true,
    });
    expect(meta.refusal(await write(campaign?.id, { name: "x" })).code).toBe("100/1487056");
  });
});
