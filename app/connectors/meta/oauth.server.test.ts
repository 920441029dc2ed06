import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { DefectError, NeedsUserError, RetryableError } from "~/lib/errors";
import {
  dialogUrl,
  exchangeCode,
  exchangeLongLived,
  grantedPermissions,
  inspectToken,
  listAdAccounts,
  type MetaApp,
} from "./oauth.server";

interface Call {
  url: URL;
  authorization: string | null;
}

/** Answers one body after the other and notes what was asked. */
function metaThatAnswers(...bodies: unknown[]): { app: MetaApp; calls: Call[] } {
  const calls: Call[] = [];
  const app: MetaApp = {
    appId: "1234567890",
    appSecret: "app-secret",
    redirectUri: "https://merit.example/auth/meta/callback",
    fetch: async (input, init) => {
      const headers = new Headers(init?.headers);
      calls.push({ url: new URL(String(input)), authorization: headers.get("Authorization") });
      const body = bodies[calls.length - 1];
      if (body instanceof Error) throw body;
      const refused = typeof body === "object" && body !== null && "error" in body;
      return Response.json(body, { status: refused ? 400 : 200 });
    },
  };
  return { app, calls };
}

const refusal = (code: number, more: object = {}) => ({
  error: {
    message: `refused with ${code}`,
    type: "OAuthException",
    code,
    fbtrace_id: "x",
    ...more,
  },
});
const TOKEN = { accessToken: "EAAtoken", expiresAt: null };
const NOW = new Date("2026-11-20T12:00:00Z");

test("the dialog's address names app, way back, state and what is asked, and no secret", () => {
  const { app } = metaThatAnswers();
  const url = new URL(dialogUrl(app, "state-1"));
  expect(url.origin + url.pathname).toBe("https://www.facebook.com/v25.0/dialog/oauth");
  expect(Object.fromEntries(url.searchParams)).toEqual({
    client_id: "1234567890",
    redirect_uri: "https://merit.example/auth/meta/callback",
    state: "state-1",
    response_type: "code",
    scope: "ads_read",
    auth_type: "rerequest",
  });
});

test("a code becomes a short token, a short token a long one, each with its end", async () => {
  const { app, calls } = metaThatAnswers(
    { access_token: "short", token_type: "bearer", expires_in: 3600 },
    { access_token: "long", token_type: "bearer", expires_in: 5_183_944 },
  );
  const short = await exchangeCode(app, "the-code", NOW);
  const long = await exchangeLongLived(app, short, NOW);
  expect(short).toEqual({ accessToken: "short", expiresAt: new Date("2026-11-20T13:00:00Z") });
  expect(long.accessToken).toBe("long");
  expect(calls.map(({ url }) => [url.pathname, url.searchParams.get("redirect_uri")])).toEqual([
    ["/v25.0/oauth/access_token", app.redirectUri],
    ["/v25.0/oauth/access_token", null],
  ]);
  expect(calls[1]?.url.searchParams.get("fb_exchange_token")).toBe("short");
});

test("a token's end is the earlier of its own and that of its data, and 0 is never", async () => {
  const details = { app_id: "1234567890", is_valid: true, scopes: ["ads_read"], user_id: "7" };
  const ends = async (more: object) => {
    const { app, calls } = metaThatAnswers({ data: { ...details, ...more } });
    const { expiresAt } = await inspectToken(app, TOKEN);
    expect(calls[0]?.authorization).toBe("Bearer 1234567890|app-secret");
    return expiresAt?.getTime() ?? null;
  };
  expect(await ends({ expires_at: 2_000, data_access_expires_at: 1_000 })).toBe(1_000_000);
  expect(await ends({ expires_at: 0, data_access_expires_at: 3_000 })).toBe(3_000_000);
  expect(await ends({ expires_at: 0 })).toBeNull();
});

test("a token made for another app is not valid here", async () => {
  const { app } = metaThatAnswers({ data: { app_id: "99", is_valid: true, scopes: [] } });
  expect((await inspectToken(app, TOKEN)).isValid).toBe(false);
});

test("permissions that were declined are not granted", async () => {
  const { app, calls } = metaThatAnswers({
    data: [
      { permission: "ads_read", status: "declined" },
      { permission: "public_profile", status: "granted" },
    ],
  });
  expect(await grantedPermissions(app, TOKEN)).toEqual(["public_profile"]);
  expect(calls[0]?.authorization).toBe("Bearer EAAtoken");
  expect(calls[0]?.url.search).not.toContain("EAAtoken");
  expect(calls[0]?.url.searchParams.get("appsecret_proof")).toBe(
    createHmac("sha256", "app-secret").update("EAAtoken").digest("hex"),
  );
});

test("ad accounts are read to the last page by the cursor, never by Meta's own address", async () => {
  const account = (id: string) => ({
    id,
    account_id: id.slice(4),
    name: `Account ${id}`,
    currency: "USD",
    timezone_name: "America/New_York",
    account_status: 1,
  });
  const { app, calls } = metaThatAnswers(
    {
      data: [account("act_1")],
      paging: { cursors: { after: "C1" }, next: "https://evil.example/" },
    },
    { data: [], paging: { cursors: { after: "C2" }, next: "https://evil.example/" } },
    { data: [account("act_2")], paging: { cursors: { after: "C3" } } },
  );
  const found = await listAdAccounts(app, TOKEN);
  expect(found.map(({ adAccountId }) => adAccountId)).toEqual(["act_1", "act_2"]);
  expect(found[0]).toMatchObject({ ianaTimezone: "America/New_York", accountStatus: 1 });
  expect(calls.map(({ url }) => [url.host, url.searchParams.get("after")])).toEqual([
    ["graph.facebook.com", null],
    ["graph.facebook.com", "C1"],
    ["graph.facebook.com", "C2"],
  ]);
});

describe("what Meta refuses", () => {
  test.each([
    [refusal(190, { error_subcode: 463 }), NeedsUserError],
    [refusal(102), NeedsUserError],
    [refusal(10), NeedsUserError],
    [refusal(200), NeedsUserError],
    [refusal(100, { error_subcode: 36009 }), DefectError],
    [refusal(2), RetryableError],
    [refusal(4), RetryableError],
    [refusal(80004), RetryableError],
    [refusal(190, { is_transient: true }), RetryableError],
    [refusal(101), DefectError],
    [{ error: { ...refusal(1).error, message: "Error validating client secret." } }, DefectError],
    [{ something: "else" }, DefectError],
    [new TypeError("fetch failed: client_secret=app-secret"), RetryableError],
  ])("%j", async (body, kind) => {
    const { app } = metaThatAnswers(body);
    const thrown: unknown = await exchangeCode(app, "the-code").catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(kind);
    expect(String(thrown)).not.toMatch(/app-secret|the-code/);
  });
});
