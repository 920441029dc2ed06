import {
  DefectError,
  type MeritError,
  NeedsUserError,
  RetryableError,
  ThrottledError,
} from "~/lib/errors";
import type { Refusal } from "./graph-schemas";

/** Meta's own word for a range or a page that holds too much; asking for less mends it. */
export const TOO_MUCH_DATA = "META_TOO_MUCH_DATA";
/** A report that Meta could not make; another one may succeed. */
export const REPORT_FAILED = "META_REPORT_FAILED";
/** Only connecting anew helps. The schedule rests until somebody did (what-is-due.ts). */
const RECONNECT = "META_RECONNECT";
const BLOCKED = "META_BLOCKED";

/** Where Meta says that calls are too many but not for how long. */
const BLIND_WAIT_MS = 2 * 60_000;
const BUDGET_CHANGES_WAIT_MS = 3_600_000;
const WRITES_WAIT_MS = 2_000;

const TOO_MUCH = new Set(["100/1487534", "-3/1504045", "2/1504038", "100/1504018"]);
const TO_FIX = new Set(["2/1504041", "2/1504042", "2/1504044"]);
/** The object is there, but not for this person. */
const NO_ACCESS = new Set(["100/33", "100/3191001"]);
const LIMITS = new Set([4, 17, 32, 613]);
const BUDGET_CHANGES = "613/1487632";
const SPEND_CAP_CHANGES = "17/1885172";
const WRITES_A_SECOND = "613/5044001";
/** Limits of one object, or of a moment, which say nothing of other calls. */
const OWN_LIMITS = new Set([BUDGET_CHANGES, SPEND_CAP_CHANGES, WRITES_A_SECOND]);
/** The report is said to be ready a moment before it is. */
const REPORT_NOT_READY = 2601;

/**
 * What a refusal means, by `code` and `error_subcode` (meta-api.md, table 9.2), never by the HTTP
 * status. `waitMs` is how long Meta's headers ask to wait, null when they do not say.
 */
export function errorOfRefusal(
  refusal: Refusal,
  { task, waitMs = null }: { task: string; waitMs?: number | null },
): MeritError {
  const { code, message } = refusal;
  const subcode = refusal.error_subcode ?? 0;
  const key = `${code}/${subcode}`;
  const name = subcode ? `META_${code}_${subcode}` : `META_${code}`;
  const told = { code: name, task };

  if (TOO_MUCH.has(key) || /reduce the amount of data/i.test(message)) {
    return new RetryableError(message, { code: TOO_MUCH_DATA, task });
  }
  if (key === "-2/2490547") return new RetryableError(message, { code: REPORT_FAILED, task });
  if (isLimit(code)) return new ThrottledError(message, { ...told, retryAfterMs: wait() });
  if (refusal.is_transient) return new RetryableError(message, hinted());
  if (code === 190 || code === 102 || code === 10 || (code >= 200 && code < 300))
    return reconnect();
  if (NO_ACCESS.has(key)) return reconnect();
  if (code === 368) return new NeedsUserError(message, { code: BLOCKED, task });
  // A wrong app secret is code 1 as well, and no waiting mends it.
  const early = code === REPORT_NOT_READY;
  const passing = (code === 1 && !/client secret/i.test(message)) || code === 2;
  if (early || (passing && !TO_FIX.has(key))) return new RetryableError(message, hinted());
  return new DefectError(message, told);

  function wait(): number {
    if (key === BUDGET_CHANGES) return waitMs ?? BUDGET_CHANGES_WAIT_MS;
    if (key === WRITES_A_SECOND) return waitMs ?? WRITES_WAIT_MS;
    return waitMs ?? BLIND_WAIT_MS;
  }
  function hinted() {
    return waitMs === null ? told : { ...told, retryAfterMs: waitMs };
  }
  function reconnect(): NeedsUserError {
    return new NeedsUserError(`Meta refuses the connection: ${message}`, { code: RECONNECT, task });
  }
}

function isLimit(code: number): boolean {
  return LIMITS.has(code) || (code >= 80_000 && code <= 80_014);
}

/** Whether a refusal means that nobody else may call either for a while. */
export function isLimitOfAll({ code, error_subcode }: Refusal): boolean {
  return isLimit(code) && !OWN_LIMITS.has(`${code}/${error_subcode ?? 0}`);
}

/** Whether it is the whole app that called too often, and not for one ad account alone. */
export function isLimitOfApp({ code }: Refusal): boolean {
  return code === 4;
}
