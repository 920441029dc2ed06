import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { reportNode } from "./insights/report-node";
import type { ReportRun } from "./state";
import { type Json, RunningMeta, USD } from "./testing/running";

let meta: RunningMeta;
let token: string;
beforeAll(async () => {
  meta = await RunningMeta.start();
  token = await meta.token();
});
afterAll(() => meta.stop());

const params: Json = {
  fields: "campaign_id,spend,actions",
  level: "campaign",
  time_range: { since: "2026-05-01", until: "2026-06-20" },
  time_increment: 1,
};

async function start(running = meta, more: Json = {}): Promise<string> {
  const body = { ...params, ...more };
  const answer = await running.graph(
    `act_${USD}/insights`,
    { access_token: token, ...body },
    "POST",
  );
  return String(answer.body.report_run_id);
}

describe("a report", () => {
  it("gives, page by page, what the synchronous answer gives", async () => {
    const id = await start();
    const state = await meta.graph(id, { access_token: token });
    expect(state.body).toMatchObject({
      id,
      account_id: USD,
      async_status: "Job Completed",
      async_percent_completion: 100,
      is_running: false,
      date_start: "2026-05-01",
      date_stop: "2026-06-20",
    });
    const pages = await meta.all(`${id}/insights`, { access_token: token, limit: 100 });
    const sync = await meta.all(`act_${USD}/insights`, {
      access_token: token,
      ...params,
      limit: 500,
    });
    expect(pages).toEqual(sync);
  });

  it("takes a JSON, a form and a multipart body", async () => {
    const form = new FormData();
    const fields = new URLSearchParams();
    for (const [name, value] of Object.entries({ access_token: token, ...params })) {
      const text = typeof value === "string" ? value : JSON.stringify(value);
      form.set(name, text);
      fields.set(name, text);
    }
    const json = JSON.stringify({ ...params, id: `act_${USD}` });
    const bodies: [string, RequestInit][] = [
      [`?access_token=${token}`, { body: json, headers: { "content-type": "application/json" } }],
      ["", { body: fields }],
      ["", { body: form }],
    ];
    const lengths: number[] = [];
    for (const [query, init] of bodies) {
      const path = `/v25.0/act_${USD}/insights${query}`;
      const answer = await (await meta.fetch(path, { method: "POST", ...init })).json();
      const rows = await meta.all(`${answer.report_run_id}/insights`, {
        access_token: token,
        limit: 500,
      });
      lengths.push(rows.length);
    }
    expect(new Set(lengths).size).toBe(1);
  });

  it("cannot be read before it is whole", async () => {
    const slow = await RunningMeta.start({ pacing: { asyncStartMs: 60_000, asyncRunMs: 1 } });
    token = await slow.token();
    const id = await start(slow);
    expect((await slow.graph(id, { access_token: token })).body.async_status).toBe(
      "Job Not Started",
    );
    const early = await slow.graph(`${id}/insights`, { access_token: token });
    expect(slow.refusal(early).code).toBe("2601");
    await slow.stop();
    token = await meta.token();
  });

  it.each([
    [10, "Job Not Started", 0],
    [1_050, "Job Started", 0],
    [3_500, "Job Running", 25],
    [10_500, "Job Running", 95],
    [11_500, "Job Completed", 99],
    [12_500, "Job Completed", 100],
  ])("after %i of 11,000 ms is %s at %i %%", (passed, status, percent) => {
    const run: ReportRun = {
      id: "1",
      accountId: USD,
      userId: "1",
      objectId: `act_${USD}`,
      version: "v25.0",
      params: {},
      asOf: 0,
      startedAt: Date.now() - passed,
      fate: "complete",
    };
    const pacing = { asyncStartMs: 1_000, asyncRunMs: 10_000 };
    const node = reportNode(pacing, run, { since: 1, until: 2 }, "UTC");
    expect([node.async_status, node.async_percent_completion]).toEqual([status, percent]);
  });

  it.each([
    ["fail", "Job Failed", { error_code: -2, error_subcode: 2490547 }],
    ["too_large", "Job Failed", { error_code: -3, error_subcode: 1504045 }],
    ["skip", "Job Skipped", {}],
    ["stuck", "Job Running", { async_percent_completion: 99, is_running: true }],
  ])("that is to %s ends so", async (report, status, more) => {
    await meta.sim("/meta/faults", { error: { report } });
    const id = await start();
    const state = await meta.graph(id, { access_token: token });
    expect(state.body).toMatchObject({ async_status: status, ...more });
    const rows = await meta.graph(`${id}/insights`, { access_token: token });
    expect(rows.status).toBe(400);
  });

  it("over the limit fails, where the synchronous answer was refused already", async () => {
    const small = await RunningMeta.start({ limits: { syncRows: 100, asyncRows: 200 } });
    token = await small.token();
    const sync = await small.graph(`act_${USD}/insights`, { access_token: token, ...params });
    expect(small.refusal(sync).code).toBe("100/1487534");
    const { body } = await small.graph(await start(small), { access_token: token });
    expect(body).toMatchObject({ async_status: "Job Failed", error_code: -3 });
    await small.stop();
    token = await meta.token();
  });

  it("is checked when it is asked for", async () => {
    const answer = await meta.graph(
      `act_${USD}/insights`,
      { access_token: token, fields: "profit" },
      "POST",
    );
    expect(meta.refusal(answer).code).toBe("100");
  });
});
