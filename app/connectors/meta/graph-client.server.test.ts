import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { DefectError, RetryableError } from "~/lib/errors";
import { createGraphClient } from "./graph-client.server";
import { readReport } from "./insights.server";

const TOKEN = "EAAsecret";

function clientThatAnswers(...answers: (Response | Error)[]) {
  const calls: { url: URL; init: RequestInit }[] = [];
  const client = createGraphClient({
    token: TOKEN,
    appSecret: "app-secret",
    limits: null,
    fetch: async (input, init = {}) => {
      calls.push({ url: new URL(String(input)), init });
      const answer = answers[calls.length - 1];
      if (!answer || answer instanceof Error) throw answer ?? new Error("one call too many");
      return answer;
    },
  });
  return { client, calls };
}
const ask = { schema: z.object({ ok: z.boolean() }), task: "test" };

it("carries token and proof, and the token in no address and no body", async () => {
  const { client, calls } = clientThatAnswers(
    Response.json({ ok: true }),
    Response.json({ ok: true }),
  );
  await client.get("act_1/insights", { ...ask, params: { time_range: { since: "2026-01-01" } } });
  await client.post("act_1/insights", { ...ask, params: { level: "account" } });
  const proof = createHmac("sha256", "app-secret").update(TOKEN).digest("hex");
  expect(calls[0]?.url.href.split("?")[0]).toBe("https://graph.facebook.com/v25.0/act_1/insights");
  expect(calls[0]?.url.searchParams.get("time_range")).toBe('{"since":"2026-01-01"}');
  expect(calls[0]?.url.searchParams.get("appsecret_proof")).toBe(proof);
  expect(calls[1]?.url.search).toBe("");
  expect(String(calls[1]?.init.body)).toContain(`appsecret_proof=${proof}`);
  for (const { url, init } of calls) {
    expect(new Headers(init.headers).get("authorization")).toBe(`Bearer ${TOKEN}`);
    expect(url.href + String(init.body)).not.toContain(TOKEN);
  }
});

describe("what is no answer", () => {
  it.each([
    [new TypeError("fetch failed"), RetryableError, "META_UNREACHABLE"],
    [new Response('{"ok": tr'), RetryableError, "META_UNREACHABLE"],
    [new Response("<html>", { status: 502 }), RetryableError, "META_UNAVAILABLE"],
    [new Response("<html>", { status: 404 }), DefectError, "META_HTTP"],
    [Response.json({ other: 1 }), DefectError, "META_ANSWER_SHAPE"],
    [Response.json({ other: 1 }, { status: 500 }), RetryableError, "META_UNAVAILABLE"],
  ])("%s", async (answer, kind, code) => {
    const { client } = clientThatAnswers(answer);
    const thrown: unknown = await client.get("me", ask).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(kind);
    expect(thrown).toMatchObject({ code });
  });
});

describe("readReport", () => {
  const row = (day: string) => ({ date_start: day, date_stop: day, spend: "1" });
  const page = (days: string[], after: string, more: boolean) =>
    Response.json({
      data: days.map(row),
      paging: { cursors: { after }, ...(more ? { next: "https://evil.example/?t=1" } : {}) },
    });
  const refusal = Response.json(
    { error: { code: 1, message: "Please reduce the amount of data you're asking for" } },
    { status: 500 },
  );

  it("reads to the last page by cursors, empty pages included, and halves a page too large", async () => {
    const { client, calls } = clientThatAnswers(
      page(["2026-01-01"], "a", true),
      refusal,
      page([], "b", true),
      page(["2026-01-02"], "c", false),
    );
    const rows = await readReport(client, { adAccountId: "act_1", reportId: "77" });
    expect(rows.map(({ date_start }) => date_start)).toEqual(["2026-01-01", "2026-01-02"]);
    const asked = calls.map(({ url }) => [
      url.host,
      url.searchParams.get("after"),
      url.searchParams.get("limit"),
    ]);
    expect(asked).toEqual([
      ["graph.facebook.com", null, "500"],
      ["graph.facebook.com", "a", "500"],
      ["graph.facebook.com", "a", "250"],
      ["graph.facebook.com", "b", "250"],
    ]);
  });

  it("fails rather than drop or repeat rows where no cursor leads on", async () => {
    const { client } = clientThatAnswers(page(["2026-01-01"], "a", true), page([], "a", true));
    await expect(
      readReport(client, { adAccountId: "act_1", reportId: "77" }),
    ).rejects.toMatchObject({ code: "META_PAGING" });
  });
});
