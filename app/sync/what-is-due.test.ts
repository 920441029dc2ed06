import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Connection, passMinutesFor, whatIsDue } from "./what-is-due";

const NOW = new Date("2026-03-01T12:00:00Z");
const PACE = { now: NOW, maxStalenessMinutes: 15, passMinutes: 5 };
const MINUTE_MS = 60_000;
const at = (minutesFromNow: number) => new Date(NOW.getTime() + minutesFromNow * MINUTE_MS);

/** A connection whose last sync succeeded 20 minutes ago, and nothing stands in the way. */
const connection = (given: Partial<Connection> = {}): Connection => ({
  shopId: "a.myshopify.com",
  platform: "SHOPIFY",
  installed: true,
  connected: true,
  paused: false,
  inFlight: false,
  historyComplete: true,
  lastEndedAt: at(-20),
  lastStatus: "SUCCEEDED",
  lastErrorKind: null,
  lastErrorCode: null,
  lastJobType: "INCREMENTAL",
  lastSuccessAt: at(-20),
  credentialsChangedAt: at(-10_000),
  timezone: "UTC",
  historyCompleteAt: at(-10_000),
  lastReconciledAt: at(-60),
  ...given,
});

const failed = (lastErrorKind: Connection["lastErrorKind"], given: Partial<Connection> = {}) =>
  connection({ lastStatus: "FAILED", lastErrorKind, ...given });

/** Refused for what is settled with Shopify or Meta themselves. */
const refused = (lastErrorCode: string, minutesAgo: number, given: Partial<Connection> = {}) =>
  failed("NEEDS_USER", { lastErrorCode, lastEndedAt: at(-minutesAgo), ...given });
const DAY = 24 * 60;

const never: Partial<Connection> = {
  lastEndedAt: null,
  lastStatus: null,
  lastJobType: null,
  lastSuccessAt: null,
};
const INIT: Partial<Connection> = { historyComplete: false, lastJobType: "HISTORICAL_INIT" };
const REST = "rests";
const INCREMENTAL = "INCREMENTAL";
const HISTORY = "HISTORICAL_INIT";

describe("one connection", () => {
  it.each<[expected: string, why: string, given: Connection]>([
    [INCREMENTAL, "its data is older than allowed", connection()],
    [INCREMENTAL, "it would be too old at the next pass", connection({ lastEndedAt: at(-10) })],
    [REST, "it is fresh until the next pass", connection({ lastEndedAt: at(-9.9) })],
    [
      "RECONCILE",
      "it is fresh, and was not held against Shopify's report since 03:00",
      connection({ lastEndedAt: at(-2), lastReconciledAt: at(-10 * 60) }),
    ],
    [
      INCREMENTAL,
      "what is new comes before the check",
      connection({ lastReconciledAt: at(-10 * 60) }),
    ],
    [
      REST,
      "what could not be read is not checked either",
      failed("RETRYABLE", { lastEndedAt: at(-2), lastReconciledAt: null }),
    ],
    [
      REST,
      "Meta has no such report",
      connection({ lastEndedAt: at(-2), lastReconciledAt: null, timezone: null }),
    ],
    [REST, "the shop left: nobody may read it", connection({ installed: false })],
    [REST, "there is nothing to read it with", connection({ connected: false })],
    [REST, "a person paused it", connection({ paused: true })],
    [REST, "one job at a time", connection({ inFlight: true })],
    [INCREMENTAL, "no job ever ended: nothing says that it is fresh", connection(never)],
    [HISTORY, "no history, and none was tried", connection({ ...never, historyComplete: false })],
    [HISTORY, "a backfill that failed comes again by itself", failed("RETRYABLE", INIT)],
    [
      HISTORY,
      "an incremental does not replace the history",
      connection({ historyComplete: false }),
    ],
    [REST, "a person canceled the backfill: only a person brings it back", failed("STOPPED", INIT)],
    [
      REST,
      "a token replaced by itself since then is no such person",
      failed("STOPPED", { ...INIT, credentialsChangedAt: at(-1) }),
    ],
    [
      HISTORY,
      "a canceled incremental says nothing about the history",
      failed("STOPPED", { ...INIT, lastJobType: "INCREMENTAL" }),
    ],
    [INCREMENTAL, "a canceled incremental: the next comes as usual", failed("STOPPED")],
    [
      INCREMENTAL,
      "a canceled rebuild: the old figures go on",
      failed("STOPPED", { lastJobType: "HISTORICAL_REBUILD" }),
    ],
    [REST, "as usual also means not sooner", failed("STOPPED", { lastEndedAt: at(-3) })],
    [REST, "only a person can mend it", failed("NEEDS_USER")],
    [REST, "the history as well", failed("NEEDS_USER", INIT)],
    [
      REST,
      "the login is older than the refusal",
      failed("NEEDS_USER", { credentialsChangedAt: at(-21) }),
    ],
    [
      REST,
      "there is no login to have changed",
      failed("NEEDS_USER", { credentialsChangedAt: null }),
    ],
    [
      INCREMENTAL,
      "somebody connected anew, and looks at the page: at once, however fresh",
      failed("NEEDS_USER", { lastEndedAt: at(-2), credentialsChangedAt: at(-1) }),
    ],
    [
      HISTORY,
      "somebody connected anew before the history stood",
      failed("NEEDS_USER", { ...INIT, lastEndedAt: at(-2), credentialsChangedAt: at(-1) }),
    ],
    [INCREMENTAL, "a frozen shop may have been paid for", refused("SHOPIFY_SHOP_FROZEN", DAY)],
    [INCREMENTAL, "an inactive one as well", refused("SHOPIFY_SHOP_INACTIVE", DAY)],
    [INCREMENTAL, "a locked shop may have been unlocked", refused("SHOPIFY_SHOP_LOCKED", DAY)],
    [INCREMENTAL, "Meta may have lifted its block", refused("META_BLOCKED", DAY)],
    [HISTORY, "the history as well", refused("SHOPIFY_SHOP_FROZEN", DAY, INIT)],
    [REST, "it is asked once a day", refused("SHOPIFY_SHOP_FROZEN", DAY - 6)],
    [
      INCREMENTAL,
      "somebody connected anew within the day",
      refused("META_BLOCKED", 2, { credentialsChangedAt: at(-1) }),
    ],
    [REST, "a login that Meta ended needs another", refused("META_RECONNECT", 3 * DAY)],
    [REST, "an access that Shopify ended as well", refused("SHOPIFY_TOKEN_REJECTED", 3 * DAY)],
    [REST, "a defect repeats itself: not within the hour", failed("DEFECT")],
    [REST, "nor just before it is over", failed("DEFECT", { lastEndedAt: at(-54.9) })],
    [
      INCREMENTAL,
      "an hour later somebody may have mended it",
      failed("DEFECT", { lastEndedAt: at(-60) }),
    ],
    [HISTORY, "the history as well", failed("DEFECT", { ...INIT, lastEndedAt: at(-60) })],
    [INCREMENTAL, "retries ran out: as usual", failed("RETRYABLE")],
    [REST, "not sooner than as usual", failed("RETRYABLE", { lastEndedAt: at(-5) })],
  ])("%s: %s", (expected, _why, given) => {
    const due = whatIsDue([given], PACE);
    expect(due.map(({ jobType }) => jobType)).toEqual(expected === REST ? [] : [expected]);
  });

  it("alone, begins now", () => {
    expect(whatIsDue([connection()], PACE)[0]?.runAfter).toEqual(NOW);
    expect(whatIsDue([connection({ lastEndedAt: at(-10) })], PACE)[0]?.runAfter).toEqual(NOW);
  });

  it("after a defect, begins no sooner than an hour after it, also where data may grow older", () => {
    const given = failed("DEFECT", { lastEndedAt: at(-57) });
    expect(whatIsDue([given], PACE)[0]?.runAfter).toEqual(at(3));
    const lax = { ...PACE, maxStalenessMinutes: 62 };
    expect(whatIsDue([given], lax)[0]?.runAfter).toEqual(at(3));
  });
});

describe("many connections", () => {
  const shops = (minutesAgo: number[]) =>
    minutesAgo.map((ago, index) =>
      connection({ shopId: `${index}.myshopify.com`, lastEndedAt: at(-ago) }),
    );

  it("are spread evenly over the pass, the longest waiting first", () => {
    const due = whatIsDue(shops([10.0, 10.4, 10.1, 10.3, 10.2]), PACE);
    expect(due.map(({ shopId }) => shopId[0])).toEqual(["1", "3", "4", "2", "0"]);
    expect(due.map(({ runAfter }) => runAfter)).toEqual([0, 1, 2, 3, 4].map(at));
  });

  it("wait for nobody beyond their own time", () => {
    const due = whatIsDue(shops([60, 40, 14, 10]), PACE);
    expect(due.map(({ runAfter }) => runAfter)).toEqual([at(0), at(0), at(1), at(3.75)]);
  });

  it("begin with those that were never synced", () => {
    const due = whatIsDue([...shops([60]), connection({ ...never, shopId: "new" })], PACE);
    expect(due.map(({ shopId }) => shopId)).toEqual(["new", "0.myshopify.com"]);
  });
});

describe("how often", () => {
  it.each([
    [60, 5],
    [15, 5],
    [10, 5],
    [4, 2],
    [1, 0.5],
  ])("data of at most %d minutes is looked after every %d", (max, pass) => {
    expect(passMinutesFor(max)).toBe(pass);
  });
});

const instant = fc.option(
  fc.integer({ min: -200 * MINUTE_MS, max: 0 }).map((ms) => new Date(NOW.getTime() + ms)),
);
const anyFacts = fc.record({
  installed: fc.boolean(),
  connected: fc.boolean(),
  paused: fc.boolean(),
  inFlight: fc.boolean(),
  historyComplete: fc.boolean(),
  lastEndedAt: instant,
  lastErrorKind: fc.constantFrom(null, "RETRYABLE", "NEEDS_USER", "DEFECT", "STOPPED"),
  lastErrorCode: fc.constantFrom(null, "SHOPIFY_SHOP_FROZEN", "META_RECONNECT"),
  lastJobType: fc.constantFrom("HISTORICAL_INIT", "HISTORICAL_REBUILD", "INCREMENTAL"),
  credentialsChangedAt: instant,
});
const anyConnections = fc.array(anyFacts, { maxLength: 40 }).map((facts) =>
  facts.map(({ lastEndedAt, ...rest }, index) => {
    const shopId = `${Math.floor(index / 2)}.myshopify.com`;
    const platform = index % 2 ? "META" : "SHOPIFY";
    const given = { ...rest, shopId, platform } as const;
    return lastEndedAt
      ? connection({ ...given, lastEndedAt })
      : connection({ ...given, ...never, lastErrorKind: null });
  }),
);
const anyPace = fc.integer({ min: 1, max: 120 }).map((maxStalenessMinutes) => ({
  now: NOW,
  maxStalenessMinutes,
  passMinutes: passMinutesFor(maxStalenessMinutes),
}));
const keyOf = ({ shopId, platform }: { shopId: string; platform: string }) =>
  `${shopId} ${platform}`;

describe("whatever the connections", () => {
  it("makes at most one job for each, none for those that rest, all to begin within the pass", () => {
    fc.assert(
      fc.property(anyConnections, anyPace, (connections, pace) => {
        const due = whatIsDue(connections, pace);
        expect(new Set(due.map(keyOf)).size).toBe(due.length);
        const asked = new Set(due.map(keyOf));
        for (const given of connections.filter((one) => asked.has(keyOf(one)))) {
          expect(given).toMatchObject({
            installed: true,
            connected: true,
            paused: false,
            inFlight: false,
          });
        }
        for (const { runAfter } of due) {
          expect(runAfter.getTime()).toBeGreaterThanOrEqual(NOW.getTime());
          expect(runAfter.getTime()).toBeLessThanOrEqual(
            NOW.getTime() + pace.passMinutes * MINUTE_MS,
          );
        }
      }),
    );
  });

  it("lets none that does not rest grow older than allowed and one pass", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 200 * MINUTE_MS }), { minLength: 1, maxLength: 30 }),
        anyPace,
        (ages, { maxStalenessMinutes, passMinutes }) => {
          const passMs = passMinutes * MINUTE_MS;
          const oldest = maxStalenessMinutes * MINUTE_MS + passMs;
          const endedAt = new Map(ages.map((age, index) => [`${index}`, NOW.getTime() - age]));
          for (let pass = 0; pass < 60; pass += 1) {
            const now = NOW.getTime() + pass * passMs;
            const connections = [...endedAt].map(([shopId, ended]) =>
              connection({ shopId, lastEndedAt: new Date(ended) }),
            );
            const pace = { now: new Date(now), maxStalenessMinutes, passMinutes };
            for (const { shopId, runAfter } of whatIsDue(connections, pace)) {
              const age = runAfter.getTime() - (endedAt.get(shopId) ?? 0);
              // The first pass takes over whatever an outage left behind.
              if (pass > 0) expect(age).toBeLessThanOrEqual(oldest);
              endedAt.set(shopId, runAfter.getTime());
            }
            for (const ended of endedAt.values()) {
              expect(now + passMs - ended).toBeLessThanOrEqual(oldest);
            }
          }
        },
      ),
      { numRuns: 30 },
    );
  });
});
