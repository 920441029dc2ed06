import { createHmac } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { APP_ID, APP_SECRET, BACK, RunningMeta, USD } from "./testing/running";

let meta: RunningMeta;
beforeAll(async () => {
  meta = await RunningMeta.start();
});
afterAll(() => meta.stop());

const asked = {
  client_id: APP_ID,
  redirect_uri: BACK,
  state: "s1",
  response_type: "code",
  scope: "ads_read,ads_management,business_management",
};
const app = { client_id: APP_ID, client_secret: APP_SECRET };

const dialog = (params: Record<string, string> = asked) =>
  meta.fetch(`/v25.0/dialog/oauth?${new URLSearchParams(params)}`);

async function answer(fields: [string, string][]): Promise<URL> {
  const body = new URLSearchParams([...Object.entries(asked), ...fields]);
  const response = await meta.fetch("/v25.0/dialog/oauth", { method: "POST", body });
  expect(response.status).toBe(302);
  return new URL(response.headers.get("location") ?? "");
}

async function login(grants = ["ads_read", "ads_management", "business_management"]) {
  const back = await answer([
    ["action", "accept"],
    ...grants.map((g): [string, string] => ["grant", g]),
  ]);
  const code = back.searchParams.get("code") ?? "";
  const exchanged = await meta.graph("oauth/access_token", { ...app, redirect_uri: BACK, code });
  return { code, back, exchanged, token: String(exchanged.body.access_token) };
}

describe("the login dialog", () => {
  it("shows the permissions, and refuses to be framed", async () => {
    const response = await dialog();
    const page = await response.text();
    expect(response.status).toBe(200);
    expect(response.headers.get("x-frame-options")).toBe("DENY");
    expect(page).toContain('name="grant" value="ads_management" checked');
  });

  it.each([
    ["another redirect_uri", { ...asked, redirect_uri: `${BACK}/` }, "URL blocked"],
    ["another app", { ...asked, client_id: "1" }, "Invalid App ID"],
    [
      "an unknown permission",
      { ...asked, scope: "ads_read,everything" },
      "Invalid Scopes: everything",
    ],
  ])("sends nobody back for %s", async (_what, params, text) => {
    const response = await dialog(params);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(text);
  });

  it("goes back with access_denied when it is cancelled", async () => {
    const back = await answer([["action", "cancel"]]);
    expect(Object.fromEntries(back.searchParams)).toEqual({
      error: "access_denied",
      error_code: "200",
      error_description: "Permissions error",
      error_reason: "user_denied",
      state: "s1",
    });
  });
});

describe("tokens", () => {
  it("come for a code once, with the same redirect_uri, and grow to sixty days", async () => {
    const { code, back, exchanged, token } = await login();
    expect(back.searchParams.get("state")).toBe("s1");
    expect(exchanged.body).toMatchObject({ token_type: "bearer", expires_in: 5183976 });
    const again = await meta.graph("oauth/access_token", { ...app, redirect_uri: BACK, code });
    expect(meta.refusal(again).code).toBe("100/36009");
    const longer = await meta.graph("oauth/access_token", {
      ...app,
      grant_type: "fb_exchange_token",
      fb_exchange_token: token,
    });
    expect(longer.body.expires_in).toBe(5183944);
    const debug = await meta.graph("debug_token", {
      input_token: String(longer.body.access_token),
      access_token: `${APP_ID}|${APP_SECRET}`,
    });
    expect(debug.body.data).toMatchObject({
      app_id: APP_ID,
      type: "USER",
      is_valid: true,
      scopes: ["public_profile", "ads_read", "ads_management", "business_management"],
    });
  });

  it.each([
    ["a wrong app id", { ...app, client_id: "1", code: "x" }, "101"],
    ["a wrong secret", { ...app, client_secret: "no", code: "x" }, "1"],
    ["a code that is none", { ...app, code: "x" }, "100"],
  ])("are refused to %s", async (_what, params, code) => {
    expect(meta.refusal(await meta.graph("oauth/access_token", params)).code).toBe(code);
  });

  it("hold what the person ticked, and nothing after being taken back", async () => {
    const { token } = await login(["ads_read"]);
    const permissions = await meta.graph("me/permissions", { access_token: token });
    expect(permissions.body.data).toEqual(
      expect.arrayContaining([
        { permission: "ads_read", status: "granted" },
        { permission: "ads_management", status: "declined" },
      ]),
    );
    const write = await meta.graph(`act_${USD}`, { access_token: token, status: "PAUSED" }, "POST");
    expect(meta.refusal(write).code).toBe("294");
    await meta.graph("me/permissions", { access_token: token }, "DELETE");
    expect(meta.refusal(await meta.graph("me", { access_token: token })).code).toBe("190/458");
  });

  it("expire on their day, and say when", async () => {
    const token = await meta.token({ seconds: -60 });
    const { code, message } = meta.refusal(await meta.graph("me", { access_token: token }));
    expect(code).toBe("190/463");
    expect(message).toBe(
      "Error validating access token: Session has expired on Tuesday, 30-Jun-26 08:19:00 PDT. The current time is Tuesday, 30-Jun-26 08:20:00 PDT.",
    );
  });

  it("go with a proof that is checked", async () => {
    const token = await meta.token();
    const good = createHmac("sha256", APP_SECRET).update(token).digest("hex");
    const ask = (proof: string) =>
      meta.graph("me", { access_token: token, appsecret_proof: proof });
    expect((await ask(good)).status).toBe(200);
    expect(meta.refusal(await ask("0".repeat(64))).message).toBe(
      "Invalid appsecret_proof provided in the API argument",
    );
  });
});

describe("versions", () => {
  it.each([
    ["v24.0", "me/adaccounts", "2635"],
    ["v99.0", "me/adaccounts", "2500"],
  ])("%s of %s is error %s", async (version, path, code) => {
    const token = await meta.token();
    expect(meta.refusal(await meta.graph(path, { access_token: token }, "GET", version)).code).toBe(
      code,
    );
  });
});

it("leads from the dialog to ad accounts to days that equal the truth", async () => {
  const { token } = await login();
  const accounts = await meta.graph("me/adaccounts", {
    access_token: token,
    fields: "id,name,currency,timezone_name,account_status",
  });
  expect(accounts.body.data).toEqual([
    expect.objectContaining({ id: `act_${USD}`, currency: "USD", account_status: 1 }),
    expect.objectContaining({ currency: "JPY", timezone_name: "Asia/Tokyo" }),
  ]);
  const rows = await meta.all(`act_${USD}/insights`, {
    access_token: token,
    fields: "spend,impressions",
    time_range: { since: "2026-06-01", until: "2026-06-30" },
    time_increment: "1",
  });
  const truth = new Map<string, number>();
  for (const { date, spend } of await meta.truth(USD)) {
    truth.set(date, (truth.get(date) ?? 0) + Math.round(Number(spend) * 100));
  }
  expect(rows.length).toBeGreaterThan(25);
  for (const { date_start: day, spend } of rows) {
    expect(Math.round(Number(spend) * 100), String(day)).toBe(truth.get(String(day)));
  }
});
