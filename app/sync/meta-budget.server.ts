import type pg from "pg";
import { z } from "zod";
import type { Urgency, Usage, UsageBudget } from "~/lib/api-budget";
import { logger } from "~/lib/logger.server";

const API = "META_ADS";
/** The whole app's own row, which every call obeys. */
const APP = "app";

/**
 * The percentage at which calls stop. An assumption: Meta names none, and only says that an app
 * should back off before it is refused.
 */
export const STOP_PERCENT: Readonly<Record<Urgency, number>> = { background: 75, person: 95 };

/** A pause where Meta names no time: from the first to the second as the usage rises to 100 %. */
const SHORTEST_PAUSE_MS = 15_000;
const LONGEST_PAUSE_MS = 5 * 60_000;
/** For so long, whoever goes first after a pause goes alone; then it is taken for dead. */
const PROBE_MS = 60_000;

const standRow = z.object({
  at: z.string(),
  wait_ms: z.number(),
  to_probe: z.array(z.string()),
});

/** How long background work rests at a usage of so many percent when Meta does not say how long. */
export function pauseMs(usedPercent: number): number {
  const share = (usedPercent - STOP_PERCENT.background) / (100 - STOP_PERCENT.background);
  const pause = SHORTEST_PAUSE_MS + share * (LONGEST_PAUSE_MS - SHORTEST_PAUSE_MS);
  return Math.round(Math.min(LONGEST_PAUSE_MS, Math.max(SHORTEST_PAUSE_MS, pause)));
}

/**
 * What Meta still allows, a row for each ad account and one for the app, as every answer tells it.
 * Meta's percentages fall without a word, so a row that stops calls heals in three ways: the pause
 * ends and one caller probes, whose answer is believed; a probe that never answers is followed by
 * another; and what was told more than an hour ago (`updated_at`) is too old for any of Meta's limits.
 */
export function metaBudget(pool: pg.Pool): UsageBudget {
  return {
    async ask(subject, urgency) {
      const { rows } = await pool.query(
        `SELECT clock_timestamp()::text AS at,
           coalesce(ceil(1000 * extract(epoch FROM max(blocked_until) - clock_timestamp())), 0)::float8
             AS wait_ms,
           coalesce(array_agg(subject ORDER BY subject), '{}') AS to_probe
         FROM app_dashboard.api_budgets
         WHERE api = $1 AND subject = ANY ($2) AND used_percent >= $3
           AND greatest(blocked_until, updated_at + interval '1 hour') > clock_timestamp()`,
        [API, [subject, APP], STOP_PERCENT[urgency]],
      );
      const { at, wait_ms: waitMs, to_probe: toProbe } = standRow.parse(rows[0]);
      if (waitMs > 0) return { waitMs, at: null };
      if (toProbe.length === 0 || (await goFirst(pool, toProbe))) return { waitMs: 0, at };
      return { waitMs: SHORTEST_PAUSE_MS, at: null };
    },
    async note(at, usages) {
      if (usages.size === 0) return;
      try {
        await writeUsages(pool, at, usages);
      } catch (error) {
        // The answer is worth more than the note of it, and the next one brings another.
        logger.warn({ err: error }, "What Meta said of its limits could not be noted");
      }
    },
  };
}

/** Whether this caller is the one that probes after a pause. */
async function goFirst(pool: pg.Pool, subjects: string[]): Promise<boolean> {
  const { rowCount } = await pool.query(
    `UPDATE app_dashboard.api_budgets
     SET blocked_until = clock_timestamp() + $3 * interval '1 ms'
     WHERE api = $1 AND subject = ANY ($2)
       AND coalesce(blocked_until, '-infinity') <= clock_timestamp()`,
    [API, subjects, PROBE_MS],
  );
  return rowCount === subjects.length;
}

/**
 * Only a call that went out after the last word may ease a row: an answer to an earlier one, late by
 * a moment, would open again what a refusal has just closed.
 */
async function writeUsages(
  pool: pg.Pool,
  at: string,
  usages: ReadonlyMap<string, Usage>,
): Promise<void> {
  const told = [...usages.values()];
  await pool.query(
    `INSERT INTO app_dashboard.api_budgets AS stood
       (api, subject, used_percent, blocked_until, updated_at)
     SELECT $1, told.subject, told.used, clock_timestamp() + told.pause_ms * interval '1 ms',
       clock_timestamp()
     FROM unnest($3::text[], $4::numeric[], $5::float8[]) AS told (subject, used, pause_ms)
     ORDER BY told.subject
     ON CONFLICT (api, subject) DO UPDATE SET
       used_percent = CASE WHEN $2::timestamptz >= stood.updated_at THEN excluded.used_percent
         ELSE greatest(stood.used_percent, excluded.used_percent) END,
       blocked_until = CASE WHEN $2::timestamptz >= stood.updated_at THEN excluded.blocked_until
         ELSE greatest(stood.blocked_until, excluded.blocked_until) END,
       updated_at = excluded.updated_at`,
    [
      API,
      at,
      [...usages.keys()],
      told.map(({ usedPercent }) => usedPercent),
      told.map(({ usedPercent, resetMs }) =>
        usedPercent < STOP_PERCENT.background ? null : (resetMs ?? pauseMs(usedPercent)),
      ),
    ],
  );
}
