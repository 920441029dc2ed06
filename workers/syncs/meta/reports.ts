import { REPORT_FAILED, TOO_MUCH_DATA } from "~/connectors/meta/graph-errors";
import { reportIsReady, startReport } from "~/connectors/meta/insights.server";
import { MeritError, RetryableError } from "~/lib/errors";
import { type MetaCheckpoint, saveMeta } from "./checkpoint";
import { type Chunk, oldestDay, splitChunk, unasked } from "./chunks";
import type { MetaContext } from "./context";

/** Meta works on several reports side by side; these many months, two reports each, are asked ahead. */
const AHEAD = 4;
const LEVELS = ["account", "campaign"] as const;
/** A report that is not ready after this long never will be. */
const DEADLINE_MS = 3_600_000;

/** Asks for the reports of the next chunks; each chunk's ids are written down once it has both. */
export async function askForReports(
  context: MetaContext,
  checkpoint: MetaCheckpoint,
): Promise<void> {
  const { graph, signal, now } = context;
  for (const chunk of checkpoint.chunks.slice(0, AHEAD)) {
    if (chunk.askedAt !== null) continue;
    clamp(chunk, now());
    if (isBeyond(chunk)) continue;
    try {
      for (const level of LEVELS) {
        chunk.reports[level] ??= await startReport(graph, {
          adAccountId: chunk.adAccountId,
          level,
          range: chunk,
          signal,
        });
      }
    } catch (error) {
      // Of a later chunk it is decided when its turn comes.
      if (chunk !== checkpoint.chunks[0]) return;
      if (!(await askForLess(context, checkpoint, error))) throw error;
      return askForReports(context, checkpoint);
    }
    chunk.askedAt = now().toISOString();
    await saveMeta(context, checkpoint);
  }
}

/** A backfill may take longer than the days that Meta is about to forget. */
function clamp(chunk: Chunk, now: Date): void {
  const oldest = oldestDay(chunk.timezone, now);
  if (chunk.from >= oldest) return;
  chunk.from = oldest;
  if (chunk.reached?.from && chunk.reached.from < oldest) chunk.reached.from = oldest;
}

/** Meta has forgotten all of the chunk's days: there is nothing to ask for. */
export function isBeyond({ from, to }: Pick<Chunk, "from" | "to">): boolean {
  return from > to;
}

/** Whether both reports of the first chunk can be read. Throws as `reportIsReady`. */
export async function reportsAreReady(context: MetaContext, chunk: Chunk): Promise<boolean> {
  const { graph, signal, now } = context;
  for (const level of LEVELS) {
    const reportId = chunk.reports[level];
    if (!reportId) return false;
    const { adAccountId } = chunk;
    if (await reportIsReady(graph, { adAccountId, reportId }, signal)) continue;
    const waited = now().getTime() - Date.parse(chunk.askedAt ?? now().toISOString());
    if (waited < DEADLINE_MS) return false;
    throw new RetryableError("Meta did not finish a report within an hour.", {
      code: REPORT_FAILED,
      task: "poll_report",
    });
  }
  return true;
}

/**
 * After Meta said that the first chunk is too much, or that its report failed: two halves take its
 * place, to be asked for anew. Answers false for any other error, and for a single day, whose
 * reports are forgotten so that the next try begins them anew.
 */
export async function askForLess(
  context: MetaContext,
  checkpoint: MetaCheckpoint,
  error: unknown,
): Promise<boolean> {
  const [first, ...others] = checkpoint.chunks;
  const code = error instanceof MeritError ? error.code : null;
  if (!first || (code !== TOO_MUCH_DATA && code !== REPORT_FAILED)) return false;
  const halves = splitChunk(first);
  if (halves) {
    context.log.info({ code, from: first.from, to: first.to }, "Fewer days are asked for at once");
  }
  checkpoint.chunks = [...(halves ?? [unasked(first)]), ...others];
  await saveMeta(context, checkpoint);
  return halves !== null;
}
