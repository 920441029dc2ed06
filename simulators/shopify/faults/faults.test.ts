import { afterEach, describe, expect, it } from "vitest";
import { type Json, KEY, Running, SECRET, SHOP } from "../testing/running";

let running: Running;
let token: string;
afterEach(() => running.stop());

async function begin(): Promise<void> {
  running = await Running.start();
  token = await running.installed();
}

const api = (query = "query Named { shop { name } }") =>
  running.post("/admin/api/2026-01/graphql.json", { query }, { "x-shopify-access-token": token });

describe("a fault", () => {
  it("strikes as often as asked for, and only what it matches", async () => {
    await begin();
    await running.fault({ kind: "http_5xx", times: 2, match: "Named", status: 502 });
    expect((await api("{ shop { id } }")).status).toBe(200);
    expect((await api()).status).toBe(502);
    expect((await api()).status).toBe(502);
    expect((await api()).status).toBe(200);
    expect(await running.sim(`/shops/${SHOP}/faults`)).toMatchObject({
      faults: [{ kind: "http_5xx", fired: 2 }],
    });
  });

  it("lasts until it is deleted when it has no number", async () => {
    await begin();
    await running.fault({ kind: "html_answer", times: null });
    const answer = await api();
    expect(answer.headers.get("content-type")).toContain("text/html");
    expect((await api()).headers.get("content-type")).toContain("text/html");
    await running.sim(`/shops/${SHOP}/faults`, { method: "DELETE" });
    expect((await api()).headers.get("content-type")).toContain("json");
  });

  it("of an unknown kind is refused", async () => {
    await begin();
    const init = { method: "POST", headers: { "content-type": "application/json" } };
    const body = JSON.stringify({ kind: "meteor" });
    const url = `${running.simulator.origin}/_sim/shops/${SHOP}/faults`;
    expect((await fetch(url, { ...init, body })).status).toBe(400);
  });

  it("answers 429 with Retry-After", async () => {
    await begin();
    await running.fault({ kind: "http_429", retry_after: 3 });
    const answer = await api();
    expect(answer.status).toBe(429);
    expect(answer.headers.get("retry-after")).toBe("3.0");
  });

  it("gives no answer, or cuts the connection", async () => {
    await begin();
    await running.fault({ kind: "timeout" });
    const waiting = running.post(
      "/admin/api/2026-01/graphql.json",
      { query: "{ shop { name } }" },
      { "x-shopify-access-token": token },
      AbortSignal.timeout(80),
    );
    await expect(waiting).rejects.toThrow("timeout");
    await running.fault({ kind: "connection_cut" });
    await expect(api()).rejects.toThrow("fetch failed");
  });

  it("throttles with a bucket that holds less than was asked for", async () => {
    await begin();
    await running.fault({ kind: "throttled" });
    expect(await (await api("{ orders(first: 9) { nodes { id } } }")).json()).toMatchObject({
      errors: [{ message: "Throttled", extensions: { code: "THROTTLED" } }],
      extensions: {
        cost: {
          requestedQueryCost: 6,
          actualQueryCost: null,
          throttleStatus: { currentlyAvailable: 5 },
        },
      },
    });
  });
});

describe("tokens", () => {
  const refresh = (refreshToken: string) =>
    running.post("/admin/oauth/access_token", {
      client_id: KEY,
      client_secret: SECRET,
      grant_type: "refresh_token",
      refresh_token: refreshToken,
    });
  const exchanged = async () => {
    const answer = await running.exchange(await running.sessionToken());
    return (await answer.json()) as { access_token: string; refresh_token: string };
  };

  it("expire alone, so that a refresh helps", async () => {
    await begin();
    const pair = await exchanged();
    token = pair.access_token;
    await running.fault({ kind: "token_expired" });
    expect((await api()).status).toBe(401);
    expect((await api()).status).toBe(401);
    const renewed = (await (await refresh(pair.refresh_token)).json()) as Json;
    token = String(renewed.access_token);
    expect((await api()).status).toBe(200);
  });

  it("are revoked with their refresh tokens", async () => {
    await begin();
    const pair = await exchanged();
    await running.fault({ kind: "token_revoked" });
    expect((await api()).status).toBe(401);
    const refused = await refresh(pair.refresh_token);
    expect([refused.status, await refused.json()]).toEqual([400, { error: "invalid_grant" }]);
  });

  it("rotate though the answer is lost, and the old refresh token helps once more", async () => {
    await begin();
    const pair = await exchanged();
    await running.fault({ kind: "refresh_lost" });
    await expect(refresh(pair.refresh_token)).rejects.toThrow("fetch failed");
    const second = await refresh(pair.refresh_token);
    expect(second.status).toBe(200);
    await running.fault({ kind: "refresh_refused" });
    expect((await refresh(pair.refresh_token)).status).toBe(400);
  });
});
