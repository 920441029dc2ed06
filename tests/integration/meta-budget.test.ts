import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { createGraphClient } from "~/connectors/meta/graph-client.server";
import { reportIsReady, startReport } from "~/connectors/meta/insights.server";
import type { Urgency, Usage } from "~/lib/api-budget";
import { ThrottledError } from "~/lib/errors";
import { createOutgoingFetch } from "~/lib/outgoing.server";
import { metaBudget } from "~/sync/meta-budget.server";
import { APP_SECRET, RunningMeta, USD } from "../../simulators/meta/testing/running";
import { createTestDatabase, type TestDatabase } from "../harness/database";

const ACCOUNT = "act_1";
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
afterEach(() => database.admin.query("DELETE FROM app_dashboard.api_budgets"));

const budget = () => metaBudget(database.worker.pool);
const ask = (urgency: Urgency = "background", subject = ACCOUNT) => budget().ask(subject, urgency);

async function goes(urgency: Urgency = "background", subject = ACCOUNT): Promise<string> {
  const { at } = await ask(urgency, subject);
  if (at === null) throw new Error("the call may not go");
  return at;
}

/** A call that went and was told so much. */
async function told(
  usedPercent: number,
  { resetMs = null, subject = ACCOUNT }: { resetMs?: number | null; subject?: string } = {},
): Promise<void> {
  await noted(await goes("person", subject), { usedPercent, resetMs }, subject);
}
const noted = (at: string, usage: Usage, subject = ACCOUNT) =>
  budget().note(at, new Map([[subject, usage]]));

/** As if everything had been told so long ago. */
const later = (interval: string) =>
  database.admin.query(
    `UPDATE app_dashboard.api_budgets SET updated_at = updated_at - $1::interval,
       blocked_until = blocked_until - $1::interval`,
    [interval],
  );

describe("the room that Meta leaves", () => {
  it("background work stops at 75 %, a person at 95 %", async () => {
    await told(74.9);
    expect((await ask()).waitMs).toBe(0);
    await told(75);
    expect((await ask()).waitMs).toBeGreaterThan(10_000);
    await told(94.9);
    expect((await ask("person")).waitMs).toBe(0);
    await told(95);
    expect((await ask("person")).waitMs).toBeGreaterThan(200_000);
  });

  it("stops for as long as Meta's own time says", async () => {
    await told(80, { resetMs: 30 * 60_000 });
    const { waitMs } = await ask();
    expect(waitMs).toBeGreaterThan(29 * 60_000);
    expect(waitMs).toBeLessThanOrEqual(30 * 60_000);
  });

  it("is one for all shops of an ad account, and not another account's", async () => {
    await told(80);
    const other = metaBudget(database.worker.pool);
    expect((await other.ask(ACCOUNT, "background")).at).toBeNull();
    expect((await other.ask("act_2", "background")).at).not.toBeNull();
  });

  it("of the whole app is obeyed by every call", async () => {
    await told(80, { subject: "app" });
    expect((await ask("background", "act_2")).at).toBeNull();
    expect((await ask("person", "act_2")).at).not.toBeNull();
  });
});

describe("how a row heals", () => {
  it("after the pause one caller alone goes, and its answer opens the row", async () => {
    await told(80);
    await later("6 minutes");
    const answers = await Promise.all(Array.from({ length: 8 }, () => ask()));
    const probes = answers.flatMap(({ at }) => at ?? []);
    expect(probes).toHaveLength(1);
    await noted(probes[0] ?? "", { usedPercent: 20, resetMs: null });
    expect((await ask()).at).not.toBeNull();
  });

  it("a probe that never answers is followed by another", async () => {
    await told(80);
    await later("6 minutes");
    await goes();
    expect((await ask()).at).toBeNull();
    await later("61 seconds");
    await goes();
  });

  it("an answer to a call from before a refusal does not open what that closed", async () => {
    const [early, refused] = [await goes(), await goes()];
    await noted(refused, { usedPercent: 100, resetMs: 600_000 });
    await noted(early, { usedPercent: 60, resetMs: null });
    expect((await ask("person")).waitMs).toBeGreaterThan(500_000);
  });

  it("forgets within an hour what it was told", async () => {
    await told(80);
    await later("61 minutes");
    const answers = await Promise.all(Array.from({ length: 3 }, () => ask()));
    expect(answers.every(({ at }) => at !== null)).toBe(true);
  });
});

describe("against the stand-in", () => {
  let meta: RunningMeta;
  let token: string;
  beforeEach(async () => {
    meta = await RunningMeta.start({ limits: { score: 40 } });
    token = await meta.token();
  });
  afterEach(() => meta.stop());

  const account = `act_${USD}`;
  const client = (urgency: Urgency) =>
    createGraphClient({
      token,
      appSecret: APP_SECRET,
      fetch: createOutgoingFetch(meta.simulator.origin),
      limits: { budget: budget(), urgency },
    });
  const read = (urgency: Urgency, path = `${account}/campaigns`) =>
    client(urgency).get(path, { schema: z.looseObject({}), task: "test" });
  const requests = async () =>
    z
      .object({ requests: z.array(z.object({ status: z.number() })) })
      .parse(await meta.sim("/meta/requests")).requests;
  const stopped = (error: unknown) =>
    error instanceof ThrottledError ? [error.code, error.retryAfterMs !== undefined] : error;

  async function readUntilStopped(urgency: Urgency): Promise<unknown> {
    for (let calls = 0; calls < 100; calls += 1) {
      const error: unknown = await read(urgency).then(
        () => null,
        (thrown: unknown) => thrown,
      );
      if (error !== null) return stopped(error);
    }
    return "never stopped";
  }

  it("background work pauses before it is refused, a person goes on a while longer", async () => {
    expect(await readUntilStopped("background")).toEqual(["META_THROTTLED", true]);
    const before = (await requests()).length;
    expect(before).toBe(30);
    expect(await readUntilStopped("person")).toEqual(["META_THROTTLED", true]);
    const all = await requests();
    expect(all).toHaveLength(38);
    expect(all.every(({ status }) => status === 200)).toBe(true);
  });

  it("a report counts against the ad account that it is made for", async () => {
    const graph = client("background");
    const range = { from: "2026-06-01", to: "2026-06-02" };
    const reportId = await startReport(graph, { adAccountId: account, level: "account", range });
    await told(90, { subject: account });
    const asked = reportIsReady(graph, { adAccountId: account, reportId });
    await expect(asked).rejects.toBeInstanceOf(ThrottledError);
  });

  it.each([
    ["of the ad account", { code: 80000 }, { [account]: true, me: false }],
    ["of the whole app", { code: 4, subcode: 1504022 }, { [account]: true, me: true }],
    ["of one ad set alone", { code: 613, subcode: 1487632 }, { [account]: false, me: false }],
  ])("a refusal %s stops what it is about", async (_, error, closed) => {
    await meta.sim("/meta/faults", { match: { path: "/campaigns" }, error, times: 1 });
    await expect(read("person")).rejects.toBeInstanceOf(ThrottledError);
    for (const [path, isClosed] of Object.entries(closed)) {
      const outcome = await read("person", path).then(
        () => false,
        (thrown: unknown) => stopped(thrown),
      );
      expect([path, outcome]).toEqual([path, isClosed && ["META_THROTTLED", true]]);
    }
  });
});
