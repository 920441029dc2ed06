import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const BIOME = createRequire(import.meta.url).resolve("@biomejs/biome/bin/biome");
const folder = mkdtempSync(join(tmpdir(), "merit-lint-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const BAD = [
  "parseFloat(amount)",
  "Number.parseFloat(row.total_price)",
  "Number(row.net_sales)",
  "+amount",
  "big.toFixed(2)",
  "row.total_price * 2",
  "1 - unitPrice",
  "quantity * row.unit_cost",
  "spend / 7",
  "row.net_sales + row.shipping",
  'amount < "10.00"',
  "(sum += amount)",
];
const GOOD = [
  "Number(rows[0]?.count ?? 0)",
  "Number(row.tax_rate)",
  'Number(headers.get("retry-after"))',
  "big.toFixed()",
  'amount === "0.00"',
  "new Big(amount).plus(unitPrice)",
  "position + 1",
  "1 + 2",
];

/** The lines of a file in a room that the project's own configuration complains about. */
function complaints(path: string, expressions: string[]): number[] {
  const file = join(folder, path);
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, expressions.map((expression) => `void (${expression});\n`).join(""));
  const said = spawnSync(
    process.execPath,
    [BIOME, "lint", "--reporter=github", "--vcs-enabled=false", `--config-path=${folder}`, file],
    { encoding: "utf8", cwd: folder },
  );
  const lines = said.stdout.split("\n").filter((line) => line.includes("title=plugin"));
  return lines.map((line) => Number(/,line=(\d+),/.exec(line)?.[1]));
}

describe("lint forbids floats on money", () => {
  beforeAll(() => {
    const { plugins } = JSON.parse(readFileSync("biome.json", "utf8")) as {
      plugins: { path: string; includes: string[] }[];
    };
    const absolute = plugins.map((plugin) => ({ ...plugin, path: resolve(plugin.path) }));
    writeFileSync(join(folder, "biome.json"), JSON.stringify({ root: true, plugins: absolute }));
  });

  it.each(["app/warehouse/x.ts", "app/metrics/a/x.ts", "app/connectors/x.ts", "workers/x.ts"])(
    "in %s",
    (path) => {
      expect(complaints(path, BAD)).toEqual(BAD.map((_, index) => index + 1));
      expect(complaints(path, GOOD)).toEqual([]);
    },
  );

  it("and nowhere else: a chart draws with pixels", () => {
    expect(complaints("app/components/x.ts", BAD)).toEqual([]);
  });
});
