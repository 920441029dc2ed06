import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RunningMeta, USD } from "../../simulators/meta/testing/running";

const FILE = resolve("../shared/data/meta-recorded/insights_v23_headers.json");

function thereOrSaid(): boolean {
  if (existsSync(FILE)) return true;
  process.stdout.write("left out, no ../shared/data here: the stand-in against Meta's headers\n");
  return false;
}

type Headers = Record<string, string>;
const recorded = (): Headers[] => JSON.parse(readFileSync(FILE, "utf8"));

/** A value's form: its keys in order and the kinds of what they hold, account numbers as one. */
function formOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(formOf);
  if (typeof value !== "object" || value === null) return typeof value;
  return Object.entries(value).map(([key, one]) => [/^\d+$/.test(key) ? "id" : key, formOf(one)]);
}

describe.skipIf(!thereOrSaid())("headers of insights answers", () => {
  let meta: RunningMeta;
  beforeAll(async () => {
    meta = await RunningMeta.start({ limits: { tier: "development_access" } });
  });
  afterAll(() => meta.stop());

  it("are the recorded ones, in form and in kind", async () => {
    const token = await meta.token();
    const { headers } = await meta.graph(`act_${USD}/insights`, { access_token: token });
    expect(recorded().length).toBe(2);
    for (const record of recorded()) {
      for (const [name, value] of Object.entries(record)) {
        const own = headers.get(name) ?? "";
        if (value.startsWith("{")) {
          expect(formOf(JSON.parse(own)), name).toEqual(formOf(JSON.parse(value)));
        } else if (name === "ETag") expect(own).toMatch(/^"[0-9a-f]{40}"$/);
        else if (name === "Facebook-API-Version") expect(own).toBe("v25.0");
        else expect(own, name).toBe(value);
      }
    }
  });

  it("tell little of little use, as the recorded ones do", async () => {
    const token = await meta.token();
    const { headers } = await meta.graph(`act_${USD}/insights`, { access_token: token });
    const [entry] = JSON.parse(headers.get("x-business-use-case-usage") ?? "{}")[USD];
    const [record] = recorded();
    const [wanted] = Object.values<unknown[]>(
      JSON.parse(record?.["X-Business-Use-Case-Usage"] ?? "{}"),
    );
    expect([entry]).toEqual(wanted);
  });
});
