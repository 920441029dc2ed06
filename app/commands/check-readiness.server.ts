import { z } from "zod";
import { queueIsReachable } from "~/jobs/queue-backend.server";
import { webDatabase } from "~/lib/db.server";

/** A worker writes its heartbeat every few seconds; one that missed a minute is not there. */
const WORKER_SILENCE_MS = 60_000;
/** A probe that waits longer than this is no help to whoever asks. */
const PATIENCE_MS = 3_000;

type Part = "ok" | "unreachable" | "missing";

export interface Readiness {
  ready: boolean;
  parts: { database: Part; queue: Part; worker: Part };
}

/** Whether the database answers `select now()` in time. */
export async function checkDatabase(): Promise<Part> {
  const answers = await inTime(webDatabase().pool.query("select now()"));
  return answers ? "ok" : "unreachable";
}

/** What the app depends on, part by part; `missing` is a worker that gave no sign of life. */
export async function checkReadiness(): Promise<Readiness> {
  const [database, queue, worker] = await Promise.all([
    checkDatabase(),
    inTime(queueIsReachable()).then((reached): Part => (reached ? "ok" : "unreachable")),
    checkWorker(),
  ]);
  const parts = { database, queue, worker };
  return { ready: Object.values(parts).every((part) => part === "ok"), parts };
}

const lastSeenRow = z.object({ seen: z.date().nullable() });

async function checkWorker(): Promise<Part> {
  const answer = await inTime(
    webDatabase().pool.query("SELECT app_dashboard.worker_last_seen() AS seen"),
  );
  if (!answer) return "unreachable";
  const { seen } = lastSeenRow.parse(answer.rows[0]);
  return seen && Date.now() - seen.getTime() < WORKER_SILENCE_MS ? "ok" : "missing";
}

/** What the promise gives, or null when it fails or takes too long. */
async function inTime<T>(answer: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), PATIENCE_MS);
  });
  try {
    return await Promise.race([answer, tooLate]);
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}
