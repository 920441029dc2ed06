import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { environmentPage } from "./environment-page";

it("docs/env.md tells what the schema says (npm run docs:env)", () => {
  const written = readFileSync(new URL("../../docs/env.md", import.meta.url), "utf8");
  expect(written).toBe(environmentPage());
});

it("every variable says what it is for", () => {
  expect(environmentPage()).not.toMatch(/\| \|$/m);
});
