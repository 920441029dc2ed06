import { describe, expect, it } from "vitest";
import { progressLine } from "./progress-line";
import { type PlatformReading, syncPageView } from "./sync-page-view";

const NOW = new Date("2026-11-20T12:00:00Z");
const at = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);

const FRESH: PlatformReading = {
  platform: "SHOPIFY",
  connected: true,
  pausedAt: null,
  lastSuccessAt: at(-3),
  lastEndedAt: at(-3),
  dataFreshTo: at(-4),
  running: null,
  lastError: null,
  errorKind: null,
};
const LOADING = {
  jobId: "j",
  jobType: "HISTORICAL_INIT",
  startedAt: at(-1),
  runAfter: at(-1),
  phase: "TRANSFORM",
  done: 500,
  total: 1_000,
  rate: 50,
  waitingError: null,
} as const;

function view(change: Partial<PlatformReading>) {
  const [first] = syncPageView({
    age: { now: NOW, maxStalenessMinutes: 15 },
    locale: "en",
    timezone: "Europe/Berlin",
    currency: "EUR",
    reconciliation: { latest: null, days: [] },
    statuses: [{ ...FRESH, ...change }],
    jobs: [],
    metaIsOffered: true,
  }).platforms;
  if (!first) throw new Error("no platform");
  return first;
}

describe("a platform on the Sync page", () => {
  it("that is fresh says so, how far its data reaches, and when it is read next", () => {
    expect(view({})).toMatchObject({
      name: "Shopify orders",
      badge: { label: "Up to date" },
      idle: "Your orders are up to date.",
      dataFreshTo: at(-4).toISOString(),
      nextBy: at(12).toISOString(),
      running: null,
      problem: null,
    });
  });

  it.each([
    ["nothing", null, true, true],
    ["a check", { ...LOADING, jobType: "RECONCILE" }, true, true],
    [
      "an update that nobody began",
      { ...LOADING, jobType: "INCREMENTAL", startedAt: null },
      false,
      true,
    ],
    ["an update", { ...LOADING, jobType: "INCREMENTAL" }, false, false],
    ["a history", LOADING, false, false],
  ] as const)(
    "lets be pressed, while %s is under way, what would begin",
    (_, running, sync, anew) => {
      expect(view({ running })).toMatchObject({ canSync: sync, canRebuild: anew });
    },
  );

  it("that loads shows how far it is, on its whole way", () => {
    expect(view({ running: LOADING })).toMatchObject({
      badge: { label: "Loading history" },
      nextBy: null,
      running: { jobId: "j", percent: 72, waiting: false },
    });
  });

  it("that reads what is new has no bar: nobody knows how much it is", () => {
    const running = {
      ...LOADING,
      jobType: "INCREMENTAL",
      phase: "INCREMENTAL",
      total: null,
    } as const;
    expect(view({ running }).running?.percent).toBeNull();
  });

  it("that waits after a failed try says so", () => {
    expect(view({ running: { ...LOADING, waitingError: { code: "X" } } }).running?.waiting).toBe(
      true,
    );
  });

  it("whose next update is only planned runs nothing", () => {
    const running = { ...LOADING, startedAt: null, runAfter: at(4) };
    expect(view({ running })).toMatchObject({ running: null, nextBy: at(4).toISOString() });
  });

  it("that failed says what and what to do, and where", () => {
    const change = { platform: "META", errorKind: "NEEDS_USER" } as const;
    expect(view({ ...change, lastError: { code: "META_RECONNECT" } })).toMatchObject({
      badge: { label: "Needs you", tone: "critical" },
      problem: { what: "Meta needs you to log in again.", atHome: true },
    });
  });

  it("whose job was canceled has no problem", () => {
    const stopped = { lastError: { code: "CANCELED" }, errorKind: "STOPPED" };
    expect(view(stopped)).toMatchObject({ badge: { label: "Up to date" }, problem: null });
    expect(view({ ...stopped, lastSuccessAt: null }).idle).toMatch(/^Loading was canceled/);
  });

  it("is left out where the installation has no Meta app", () => {
    const { platforms } = syncPageView({
      age: { now: NOW, maxStalenessMinutes: 15 },
      locale: "en",
      timezone: "Europe/Berlin",
      currency: "EUR",
      reconciliation: { latest: null, days: [] },
      statuses: [FRESH, { ...FRESH, platform: "META", connected: false }],
      jobs: [],
      metaIsOffered: false,
    });
    expect(platforms.map(({ platform }) => platform)).toEqual(["SHOPIFY"]);
  });
});

describe("the line of progress", () => {
  const work = {
    platform: "SHOPIFY",
    phase: "TRANSFORM",
    done: 5_000,
    total: 20_000,
    rate: 50,
  } as const;

  it("tells count and time left, and the speed on demand", () => {
    expect(progressLine(work, "en")).toBe(
      "Reading your orders: 5,000 of 20,000 orders, about 5 minutes left",
    );
    expect(progressLine(work, "en", { speed: true })).toMatch(/orders, 50 a second, about/);
  });

  it("counts days of ads", () => {
    const ads = { ...work, platform: "META", phase: "ADS_HISTORY", done: 100, total: 400 } as const;
    expect(progressLine({ ...ads, rate: null }, "en")).toBe(
      "Reading the history of your ads: 100 of 400 days",
    );
  });

  it("promises nothing where nothing is known", () => {
    expect(progressLine({ ...work, phase: "LOAD", total: null, rate: null }, "en")).toBe(
      "Downloading your orders…",
    );
  });
});
