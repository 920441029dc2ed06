import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Json, RunningMeta, USD } from "./testing/running";

let meta: RunningMeta;
let token: string;
beforeAll(async () => {
  meta = await RunningMeta.start();
  token = await meta.token();
});
afterAll(() => meta.stop());
afterEach(() => meta.sim("/meta/faults", {}, "DELETE"));

const insights = (params: Json = {}) =>
  meta.graph(`act_${USD}/insights`, { access_token: token, fields: "spend", ...params });

/** Table 9.2 of the reference, each pair of code and subcode. */
const TABLE: [number, number?][] = [
  [1],
  [2],
  [2, 1504038],
  [100, 1504018],
  [2, 1504043],
  [2, 1504041],
  [2, 1504042],
  [2, 1504044],
  [-2, 2490547],
  [-3, 1504045],
  [100, 1487534],
  [100, 3191001],
  [100],
  [4],
  [4, 1504022],
  [4, 1504039],
  [17, 2446079],
  [32],
  [613, 1487742],
  [613, 5044001],
  [613, 1487632],
  [17, 1885172],
  [80000],
  [80003],
  [80004],
  [80014],
  [190],
  [190, 458],
  [190, 459],
  [190, 460],
  [190, 463],
  [190, 464],
  [190, 467],
  [102],
  [10],
  [200],
  [275],
  [368],
  [104],
  [2500],
  [2635],
  [3018],
];

describe("a fault", () => {
  it.each(TABLE)("is error %i/%s as Meta writes it, and met once", async (code, subcode) => {
    const error = { code, ...(subcode === undefined ? {} : { subcode }) };
    await meta.sim("/meta/faults", { match: { path: "/insights", ad_account: USD }, error });
    const answer = await insights();
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.body.error).toMatchObject({
      message: expect.stringMatching(/\S/),
      type: "OAuthException",
      code,
      fbtrace_id: expect.stringMatching(/^A\w{10,}$/),
      ...(subcode === undefined ? {} : { error_subcode: subcode }),
    });
    expect(meta.refusal(answer).message).not.toContain("Unknown error");
    expect((await insights()).status).toBe(200);
  });

  it("meets only what it matches, as often as asked", async () => {
    const match = { method: "post", ad_account: `act_${USD}` };
    await meta.sim("/meta/faults", { match, error: { status: 502 }, times: 2 });
    expect((await insights()).status).toBe(200);
    for (const status of [502, 502, 200]) {
      const response = await meta.fetch(`/v25.0/act_${USD}/insights?access_token=${token}`, {
        method: "POST",
      });
      expect(response.status).toBe(status);
    }
  });

  it("cuts an answer in its middle, or never gives it", async () => {
    const path = `/v25.0/act_${USD}/insights?access_token=${token}`;
    for (const error of [{ cut: true }, { timeout: 0.05 }]) {
      await meta.sim("/meta/faults", { error });
      await expect(meta.fetch(path).then((response) => response.text())).rejects.toThrow();
    }
  });

  it("that is none is refused with what is wrong", async () => {
    const answer = await meta.sim("/meta/faults", { error: { kind: "bad" } });
    expect(String(answer.error)).toContain("error");
  });
});

describe("what is asked wrongly", () => {
  it.each<[string, Json, string, RegExp]>([
    ["an unknown field", { fields: "spend,profit" }, "100", /profit is not valid for fields param/],
    [
      "a start beyond 37 months",
      { time_range: { since: "2023-05-01", until: "2023-06-01" } },
      "3018",
      /37 months/,
    ],
    [
      "an end before its start",
      { time_range: { since: "2026-05-02", until: "2026-05-01" } },
      "100",
      /before/,
    ],
    [
      "a day that is none",
      { time_range: { since: "yesterday", until: "today" } },
      "100",
      /YYYY-MM-DD/,
    ],
    ["an increment over 90", { time_increment: 91 }, "100", /time_increment/],
    ["an unknown level", { level: "shop" }, "100", /level/],
    [
      "an unknown window",
      { action_attribution_windows: ["2d_click"] },
      "100",
      /action_attribution_windows/,
    ],
    [
      "breakdowns that do not go together",
      { breakdowns: "age,country" },
      "2/1504041",
      /combination/,
    ],
    ["JSON that is none", { time_range: "{since" }, "100", /valid JSON/],
    ["a cursor that is none", { after: "nonsense" }, "2642", /cursors/],
  ])("%s", async (_what, params, code, text) => {
    const refusal = meta.refusal(await insights(params));
    expect(refusal.code).toBe(code);
    expect(refusal.message).toMatch(text);
  });

  it("an object that is not the asker's is as one that does not exist", async () => {
    const other = await RunningMeta.start({
      users: [{ id: "1001", name: "Sam Lee", adAccounts: [USD] }],
    });
    const own = await other.token();
    for (const id of ["act_339410370112233", "act_1", "999"]) {
      const answer = await other.graph(id, { access_token: own });
      expect(other.refusal(answer).code, id).toBe("100/33");
    }
    expect((await other.graph(`act_${USD}`, { access_token: own })).status).toBe(200);
    await other.stop();
  });

  it("a field that an object does not have", async () => {
    const answer = await meta.graph(`act_${USD}`, { access_token: token, fields: "id,colour" });
    expect(meta.refusal(answer).message).toBe(
      "(#100) Tried accessing nonexisting field (colour) on node type (AdAccount)",
    );
  });
});

describe("what is taken away", () => {
  it.each([
    ["expired", "190/463"],
    ["revoked", "190/458"],
    ["password", "190/460"],
    ["checkpoint", "190/459"],
    ["logged_out", "190/467"],
  ])("a token that is %s", async (reason, code) => {
    const mine = await meta.token();
    await meta.sim("/meta/tokens/end", { token: mine, reason });
    expect(meta.refusal(await meta.graph("me", { access_token: mine })).code).toBe(code);
    expect((await meta.graph("me", { access_token: token })).status).toBe(200);
  });

  it("a permission", async () => {
    for (const permission of ["ads_read", "ads_management"]) {
      await meta.sim("/meta/permissions", { permission, status: "declined" });
    }
    expect(meta.refusal(await insights()).message).toContain(
      "has NOT grant ads_management or ads_read",
    );
    for (const permission of ["ads_read", "ads_management"]) {
      await meta.sim("/meta/permissions", { permission, status: "granted" });
    }
    expect((await insights()).status).toBe(200);
  });

  it("an account: it stays readable, spends no more and takes no change", async () => {
    const other = await RunningMeta.start();
    const own = await other.token();
    const spend = async () => {
      const params = { access_token: own, date_preset: "today", fields: "spend" };
      return (await other.all(`act_${USD}/insights`, params))[0]?.spend;
    };
    await other.sim(`/ad-accounts/${USD}/status`, { account_status: 2 });
    const before = await spend();
    await other.sim("/clock", { advance_seconds: 7_200 });
    expect(await spend()).toBe(before);
    const account = await other.graph(`act_${USD}`, {
      access_token: own,
      fields: "account_status",
    });
    expect(account.body.account_status).toBe(2);
    const { data } = (await other.graph(`act_${USD}/campaigns`, { access_token: own })).body;
    const [campaign] = data as { id: string }[];
    const write = await other.graph(campaign?.id ?? "", { access_token: own, name: "x" }, "POST");
    expect(other.refusal(write).code).toBe("200");
    await other.stop();
  });
});
