import type { WorkerTenantDb } from "~/lib/tenant-db.server";
import type { LeasedJob } from "~/sync/lease-guard.server";
import { type JobProgress, recordProgress } from "~/sync/leased-job.server";

/** Collects what people see of a job and writes it down every second. */
export interface ProgressReporter {
  /** Replaces what is shown; the rate is measured from `done` while the phase stays. */
  show(progress: Omit<JobProgress, "rate">): void;
  /** The newest state, to be written with a checkpoint. */
  current(): JobProgress;
  stop(): Promise<void>;
}

const INTERVAL_MS = 1_000;

interface Sample {
  phase: string | undefined;
  done: number;
  at: number;
}

/** Starts reporting; `onError` hears of a write that failed, a lost lease above all. */
export function startProgress(
  db: WorkerTenantDb,
  job: LeasedJob,
  onError: (error: unknown) => void,
): ProgressReporter {
  let shown: JobProgress = {};
  let start: Sample | undefined;
  let dirty = false;
  let writing: Promise<void> = Promise.resolve();

  const write = () => {
    if (!dirty) return;
    dirty = false;
    writing = writing.then(() => recordProgress(db, job, shown)).catch(onError);
  };
  const timer = setInterval(write, INTERVAL_MS);

  return {
    show(progress) {
      const done = progress.done ?? shown.done ?? 0;
      const at = Date.now();
      if (!start || start.phase !== progress.phase) start = { phase: progress.phase, done, at };
      shown = { ...shown, ...progress, rate: rateSince(start, done, at) };
      dirty = true;
    },
    current: () => shown,
    async stop() {
      clearInterval(timer);
      await writing;
    },
  };
}

/** Rows a second since the phase began; null until a second has passed. */
function rateSince(start: Sample, done: number, at: number): number | null {
  const seconds = (at - start.at) / 1000;
  return seconds < 1 ? null : Math.round(((done - start.done) / seconds) * 10) / 10;
}
