import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type AdClick, adClicks } from "./ad-plan/ad-clicks";
import type { AdPlanOptions } from "./ad-plan/types";
import { SimulatorClock } from "./clock";
import { generateStore } from "./shopify/store";
import { startSimulators } from "./start";

const ads: AdPlanOptions = {
  seed: 9,
  from: "2026-01-01",
  to: "2026-06-30",
  zone: "America/New_York",
  currency: "USD",
  scale: 120,
};
const store = {
  seed: 2,
  orders: 1_200,
  days: 180,
  now: new Date("2026-06-30T12:00:00Z"),
  domain: "tiny.myshopify.com",
  plan: "plus" as const,
  currency: "USD",
  ianaTimezone: "America/New_York",
};
const ID = "1042231271137151";

function start(stateDir: string) {
  return startSimulators({
    stateDir,
    now: () => new Date("2026-06-30T12:00:00Z"),
    shopify: {
      port: 0,
      apiKey: "key",
      apiSecret: "secret",
      appUrl: "http://127.0.0.1:9",
      stores: [{ kind: "generated", options: { ...store, ads } }],
    },
    meta: {
      appId: "1",
      appSecret: "s",
      redirectUris: ["http://127.0.0.1:9/meta/callback"],
      accounts: [{ id: ID, name: "Tiny", plan: ads }],
    },
  });
}

describe("both stand-ins", () => {
  it("answer under one origin by host, header or path, and share a clock", async () => {
    const both = await start(mkdtempSync(join(tmpdir(), "both-")));
    const status = async (path: string, host?: string) =>
      (await fetch(both.origin + path, host ? { headers: { "x-simulated-host": host } } : {}))
        .status;
    expect(await status("/_sim/shops")).toBe(200);
    expect(await status("/_sim/ad-accounts")).toBe(200);
    expect(await status("/v25.0/me")).toBe(400);
    expect(await status("/me", "graph.facebook.com")).toBe(400);
    expect(await status("/v25.0/me", "tiny.myshopify.com")).toBe(404);
    expect(await status("/admin/api/2026-01/graphql.json", "tiny.myshopify.com")).toBe(404);
    const moved = await fetch(`${both.origin}/_sim/clock`, {
      method: "POST",
      body: JSON.stringify({ at: "2026-07-02T00:00:00Z", running: false }),
      headers: { "content-type": "application/json" },
    });
    expect(await moved.json()).toEqual({ now: "2026-07-02T00:00:00.000Z", running: false });
    expect(both.clock.now().toISOString()).toBe("2026-07-02T00:00:00.000Z");
    await both.stop();
  });

  it("remember tokens, changes and the clock over a restart", async () => {
    const dir = mkdtempSync(join(tmpdir(), "both-"));
    const first = await start(dir);
    const post = async (path: string, body: unknown) =>
      (
        await fetch(first.origin + path, {
          method: "POST",
          body: JSON.stringify(body),
          headers: { "content-type": "application/json" },
        })
      ).json();
    const { access_token: token } = await post("/_sim/meta/tokens", {});
    const { data } = await (
      await fetch(`${first.origin}/v25.0/act_${ID}/campaigns?access_token=${token}`)
    ).json();
    await post(`/v25.0/${data[0].id}?access_token=${token}`, { name: "Renamed" });
    await post("/_sim/clock", { advance_seconds: 86_400 });
    await first.stop();
    const second = await start(dir);
    const again = await (
      await fetch(`${second.origin}/v25.0/${data[0].id}?fields=name&access_token=${token}`)
    ).json();
    expect(again.name).toBe("Renamed");
    expect(second.clock.now().toISOString()).toBe("2026-07-01T12:00:00.000Z");
    await second.stop();
  });
});

interface Journey {
  ready: boolean;
  customerOrderIndex: number | null;
  firstVisit: {
    landingPage: string;
    occurredAt: string;
    utmParameters: { medium: string; content: string } | null;
  } | null;
}

describe("a store that advertises", () => {
  it("sells a part by clicks of its ads, each on the day of its purchase, and to new customers more often", () => {
    const made = generateStore({ ...store, ads });
    expect(made.heads.length).toBe(store.orders);
    const clicks = new Map<string, AdClick>();
    const until = store.now.getTime();
    for (const click of adClicks(ads, { from: 0, until, most: 720 })) {
      clicks.set(`${click.ad.id} ${click.purchasedAt}`, click);
    }
    const came = { byAd: { all: 0, first: 0 }, else: { all: 0, first: 0 } };
    for (const head of made.heads) {
      const journey = made.node(head.id)?.customerJourneySummary as Journey | null;
      if (!journey?.ready || journey.customerOrderIndex === null) continue;
      const utm = journey.firstVisit?.utmParameters;
      const ad = utm?.medium === "paid_social";
      const group = ad ? came.byAd : came.else;
      group.all += 1;
      if (journey.customerOrderIndex === 1) group.first += 1;
      if (!ad) continue;
      const click = clicks.get(`${utm.content} ${head.createdAt}`);
      expect(Date.parse(journey.firstVisit?.occurredAt ?? "")).toBe(click?.clickedAt);
      expect(journey.firstVisit?.landingPage).toMatch(/utm_campaign=[a-z0-9-]+&.*fbclid=/);
    }
    expect(came.byAd.all).toBeGreaterThan(store.orders * 0.15);
    expect(came.byAd.first / came.byAd.all).toBeGreaterThan(
      (came.else.first / came.else.all) * 1.2,
    );
  });

  it("never owes its ads more than three fifths of its orders", () => {
    const rich = { ...ads, scale: 50_000 };
    const made = generateStore({ ...store, orders: 100, ads: rich });
    const byAd = made.heads.filter(({ id }) => {
      const journey = made.node(id)?.customerJourneySummary as Journey | null;
      return journey?.firstVisit?.utmParameters?.medium === "paid_social";
    });
    expect(byAd.length).toBeLessThanOrEqual(60);
  });
});

describe("the clock", () => {
  it("runs beside its base, is set, moved and held", () => {
    let base = Date.parse("2026-01-01T00:00:00Z");
    const clock = new SimulatorClock(() => new Date(base));
    clock.advance(60);
    base += 1_000;
    expect(clock.now().toISOString()).toBe("2026-01-01T00:01:01.000Z");
    clock.set(new Date("2026-05-01T00:00:00Z"), false);
    base += 1_000;
    expect(clock.now().toISOString()).toBe("2026-05-01T00:00:00.000Z");
    clock.advance(1, true);
    base += 1_000;
    expect(clock.now().toISOString()).toBe("2026-05-01T00:00:02.000Z");
  });
});
