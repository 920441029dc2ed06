import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "merit-once-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  code: number;
  lastLine: string;
  said: string;
}

/** Runs the README's command to its end. */
function demoOnce(...flags: string[]): Promise<Ended> {
  const args = ["scripts/demo.mjs", "--once", ...flags];
  return new Promise((resolve) => {
    execFile(process.execPath, args, (error, stdout, stderr) => {
      const code = typeof error?.code === "number" ? error.code : error ? 1 : 0;
      resolve({ code, lastLine: stdout.trimEnd().split("\n").at(-1) ?? "", said: stderr });
    });
  });
}

function logOf(...rows: string[]): string {
  const file = join(folder, `${rows.length}-${rows[0]?.length ?? 0}.csv`);
  const header =
    "kind,order_id,at,customer_id,email,line_no,sku,title,quantity,unit_price,currency,refund_of";
  writeFileSync(file, [header, ...rows, ""].join("\n"));
  return file;
}

const leftovers = () => readdirSync(tmpdir()).filter((name) => name.startsWith("merit-demo-"));

describe("npm run demo -- --once", () => {
  it("tells a generated shop's figures in its last line, and leaves nothing behind", async () => {
    const before = leftovers();
    const { code, lastLine } = await demoOnce("--orders", "300", "--seed", "4");
    expect(code).toBe(0);
    const amount = expect.stringMatching(/^-?\d+\.\d{2}$/);
    const ratio = expect.stringMatching(/^-?\d+\.\d{4}$/);
    const seconds = expect.any(Number);
    expect(JSON.parse(lastLine)).toEqual({
      shop: "merit-demo.myshopify.com",
      currency: "USD",
      orders: expect.any(Number),
      net_sales: amount,
      spend: amount,
      mer: ratio,
      roas: ratio,
      seconds: { ready: seconds, first_light: seconds, backfill: seconds },
      web: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      simulators: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      api_token: expect.stringMatching(/^merit_/),
    });
    expect(leftovers().filter((name) => !before.includes(name))).toEqual([]);
  });

  it("replays a log in a currency that no ad account has, and tells null of its ads", async () => {
    const log = logOf(
      "sale,A,2026-01-01T12:00:00+00:00,c1,,1,S,Thing,3,10.10,GBP,",
      "refund,R,2026-01-05T12:00:00+00:00,c1,,1,S,Thing,1,10.10,GBP,A",
    );
    const { code, lastLine } = await demoOnce("--replay", log);
    expect(code).toBe(0);
    expect(JSON.parse(lastLine)).toMatchObject({
      currency: "GBP",
      orders: 1,
      net_sales: "20.20",
      spend: null,
      mer: null,
      roas: null,
    });
  });

  it("fails with line and reason on a log that cannot be read, and on a flag it does not know", async () => {
    const log = logOf("sale,A,2026-01-01T12:00:00+00:00,c1,,1,S,Thing,three,10.10,GBP,");
    const broken = await demoOnce("--replay", log);
    expect(broken.code).not.toBe(0);
    expect(broken.said).toMatch(/The demo failed: .*line 2/s);
    const unknown = await demoOnce("--twice");
    expect(unknown.code).not.toBe(0);
    expect(unknown.said).toContain("--twice");
  });
});
