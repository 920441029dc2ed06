import { describe, expect, test } from "vitest";
import { type MetaReading, metaView } from "./meta-view";

const now = new Date("2026-11-20T12:00:00Z");
const at = { now, currency: "USD" };
const quiet: MetaReading["sync"] = {
  platform: "META",
  lastSuccessAt: null,
  running: null,
  lastError: null,
  errorKind: null,
};
const account = {
  adAccountId: "act_1",
  name: "Northbound US",
  currency: "USD",
  ianaTimezone: "America/New_York",
  accountStatus: 1,
  selected: true,
};
const connected = (more: Partial<NonNullable<MetaReading["connection"]>> = {}): MetaReading => ({
  connection: { expiresAt: new Date("2027-01-15T00:00:00Z"), accounts: [account], ...more },
  sync: quiet,
});

test("without a Meta app there is nothing to offer", () => {
  expect(metaView(null, at)).toBeNull();
});

describe("the stage", () => {
  const dead = { code: "META_RECONNECT" };
  const running = {
    jobType: "INCREMENTAL",
    startedAt: now,
    runAfter: now,
    phase: null,
    done: 0,
    total: null,
    rate: null,
  };
  test.each([
    ["connect", { connection: null, sync: quiet }],
    ["choose", connected({ accounts: [{ ...account, selected: false }] })],
    ["connected", connected()],
    ["connected", connected({ expiresAt: null })],
    ["reconnect", connected({ expiresAt: now })],
    ["reconnect", { ...connected(), sync: { ...quiet, lastError: dead } }],
    ["connected", { ...connected(), sync: { ...quiet, lastError: { ...dead, code: "META_1" } } }],
    [
      "connected",
      {
        ...connected(),
        sync: { ...quiet, lastError: dead, running: { ...running, firstLightAt: null } },
      },
    ],
  ] satisfies [string, MetaReading][])("is %s", (stage, reading) => {
    expect(metaView(reading, at)?.stage).toBe(stage);
  });
});

test("a login that ends within a week is named, a later end is not", () => {
  const end = new Date("2026-11-25T00:00:00Z");
  expect(metaView(connected({ expiresAt: end }), at)?.endsSoon).toBe(end.toISOString());
  expect(metaView(connected(), at)?.endsSoon).toBeNull();
});

test.each([
  [1, "USD", null],
  [2, "USD", "Disabled at Meta"],
  [1, "JPY", "Its money is JPY and cannot be set against sales in USD"],
  [2, "EUR", "Disabled at Meta. Its money is EUR and cannot be set against sales in USD"],
  [null, "USD", null],
])("status %s in %s is told as %j", (accountStatus, currency, caveat) => {
  const view = metaView(connected({ accounts: [{ ...account, accountStatus, currency }] }), at);
  expect(view?.chosen?.caveat).toBe(caveat);
});

test("the ad accounts that need no caveat come first", () => {
  const accounts = ["JPY", "USD", "EUR"].map((currency, place) => ({
    ...account,
    adAccountId: `act_${place}`,
    currency,
    selected: false,
  }));
  expect(metaView(connected({ accounts }), at)?.accounts.map(({ id }) => id)).toEqual([
    "act_1",
    "act_0",
    "act_2",
  ]);
});
