import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { SimulatorState } from "./state";
import { openStores } from "./stores";

const source = (seed: number, now: string) => ({
  kind: "generated" as const,
  options: {
    seed,
    orders: 15,
    days: 30,
    now: new Date(now),
    domain: "kept.myshopify.com",
    plan: "plus" as const,
    currency: "EUR",
    ianaTimezone: "Europe/Berlin",
  },
});

function open(dir: string, seed: number, now: string) {
  const state = new SimulatorState(dir);
  const said: string[] = [];
  const shops = openStores(state, [source(seed, now)], (message) => said.push(message));
  state.flush();
  return { said, store: shops.get("kept.myshopify.com")?.store };
}

describe("stores over a restart", () => {
  it("are made again as they were, though time has passed", () => {
    const dir = mkdtempSync(join(tmpdir(), "sim-stores-"));
    const first = open(dir, 3, "2026-06-30T00:00:00Z");
    const second = open(dir, 3, "2026-07-09T00:00:00Z");
    expect(second.store?.heads).toEqual(first.store?.heads);
    expect(second.said).toEqual([]);
  });

  it("stay what they were when another is asked for, and say so", () => {
    const dir = mkdtempSync(join(tmpdir(), "sim-stores-"));
    const first = open(dir, 3, "2026-06-30T00:00:00Z");
    const second = open(dir, 4, "2026-06-30T00:00:00Z");
    expect(second.store?.heads).toEqual(first.store?.heads);
    expect(second.said).toEqual([expect.stringContaining("kept.myshopify.com stays as")]);
  });
});
