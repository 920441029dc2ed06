import { readReport } from "~/connectors/meta/insights.server";
import type { InsightRow } from "~/connectors/meta/insights-schemas";
import { countDays } from "~/lib/time";
import { adAccountsToSync, extendCoverage } from "~/sync/ad-coverage.server";
import { succeedJob } from "~/sync/job-endings.server";
import { markFirstLight, saveCheckpoint } from "~/sync/leased-job.server";
import { loadInsights } from "~/warehouse/marketing/load-insights.server";
import { type SyncOutcome, transaction } from "../context";
import {
  daysOf,
  type MetaCheckpoint,
  readMetaCheckpoint,
  saveMeta,
  showProgress,
} from "./checkpoint";
import { type Chunk, planChunks } from "./chunks";
import type { MetaContext } from "./context";
import { askForLess, askForReports, isBeyond, reportsAreReady } from "./reports";

const FIRST_POLL_MS = 1_000;
const LAST_POLL_MS = 15_000;

/**
 * Brings the ads of a shop's chosen ad accounts up to date: the restated days again, and whatever is
 * still missing of 37 months, newest month first, in account and campaign level. Every kind of job
 * does so; HISTORICAL_REBUILD reads everything anew. Each chunk of days is committed whole with
 * checkpoint and coverage, so that a failure never moves them. A rebuild is served by this as well:
 * no figure of a day depends on another day, so every day that people see is wholly the old one or
 * wholly the new one, and no day is missing in between. Goes on from the job's checkpoint.
 */
export async function runMetaSync(context: MetaContext): Promise<SyncOutcome> {
  const checkpoint = await readMetaCheckpoint(context);
  for (;;) {
    context.signal.throwIfAborted();
    showProgress(context, checkpoint);
    await askForReports(context, checkpoint);
    const [chunk] = checkpoint.chunks;
    if (!chunk) {
      if (await finish(context, checkpoint)) return { kind: "done" };
      continue;
    }
    try {
      if (!isBeyond(chunk) && !(await reportsAreReady(context, chunk))) {
        return { kind: "wait", ms: await nextPoll(context, checkpoint) };
      }
      await storeChunk(context, checkpoint, chunk);
    } catch (error) {
      if (!(await askForLess(context, checkpoint, error))) throw error;
    }
    if (context.turnIsOver()) return { kind: "yield" };
  }
}

/** Meta is asked again at growing intervals. */
async function nextPoll(context: MetaContext, checkpoint: MetaCheckpoint): Promise<number> {
  const ms = Math.min(LAST_POLL_MS, FIRST_POLL_MS * 1.5 ** checkpoint.polls);
  checkpoint.polls += 1;
  await saveMeta(context, checkpoint);
  return ms;
}

/** The first chunk's rows at both levels, its coverage and the checkpoint in one transaction. */
async function storeChunk(
  context: MetaContext,
  checkpoint: MetaCheckpoint,
  chunk: Chunk,
): Promise<void> {
  const { job, progress } = context;
  const { adAccountId, currency, from, to, reached } = chunk;
  const account = await rowsOf(context, chunk, "account");
  const campaign = await rowsOf(context, chunk, "campaign");
  const next: MetaCheckpoint = {
    ...checkpoint,
    chunks: checkpoint.chunks.slice(1),
    done: checkpoint.done + Math.max(0, countDays(chunk)),
    rows: checkpoint.rows + account.length + campaign.length,
    polls: 0,
  };
  showProgress(context, next);
  await transaction(context, async (client) => {
    if (!isBeyond(chunk)) {
      const rows = { account, campaign };
      await loadInsights(client, job.shopId, { adAccountId, currency, range: { from, to }, rows });
    }
    if (reached) await extendCoverage(client, job.shopId, adAccountId, reached);
    await markFirstLight(client, job);
    await saveCheckpoint(client, job, next, progress.current(), { forgive: true });
  });
  Object.assign(checkpoint, next);
}

async function rowsOf(
  { graph, signal }: MetaContext,
  { adAccountId, reports }: Chunk,
  level: "account" | "campaign",
): Promise<InsightRow[]> {
  const reportId = reports[level];
  return reportId ? readReport(graph, { adAccountId, reportId }, signal) : [];
}

/** Ends the job, unless another ad account was chosen meanwhile: then its history comes as well. */
async function finish(context: MetaContext, checkpoint: MetaCheckpoint): Promise<boolean> {
  const { job, now } = context;
  return transaction(context, async (client) => {
    const accounts = await adAccountsToSync(client, job.shopId);
    const unread = accounts.filter(({ coverage }) => coverage === null);
    checkpoint.chunks = planChunks(unread, { now: now(), anew: false });
    checkpoint.total += daysOf(checkpoint.chunks);
    if (checkpoint.chunks.length > 0) return false;
    await succeedJob(client, job);
    return true;
  });
}
