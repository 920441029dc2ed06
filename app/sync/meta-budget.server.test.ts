import { expect, it } from "vitest";
import { pauseMs } from "./meta-budget.server";

it.each([
  [75, 15_000],
  [80, 72_000],
  [95, 243_000],
  [100, 300_000],
  [140, 300_000],
])("at %i percent it rests %i ms where Meta names no time", (percent, ms) => {
  expect(pauseMs(percent)).toBe(ms);
});
