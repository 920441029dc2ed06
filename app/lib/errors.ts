import { redactText } from "./redact";

interface MeritErrorOptions {
  /** Machine-readable, upper snake case, for example `SHOPIFY_THROTTLED`. */
  code: string;
  /** What was being done, for example `bulk_orders`. */
  task?: string;
  /** What the API asked for before the next try. */
  retryAfterMs?: number;
  cause?: unknown;
}

/** An error that says what to do about it: its class is the answer. */
export abstract class MeritError extends Error {
  readonly code: string;
  readonly task: string | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(message: string, { code, task, retryAfterMs, cause }: MeritErrorOptions) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = new.target.name;
    this.code = code;
    this.task = task;
    this.retryAfterMs = retryAfterMs;
  }
}

/** Trying again later can help: throttling, a timeout, a server error, a lost connection. */
export class RetryableError extends MeritError {}

/** The API asks to wait: no failure, and never counted as one. */
export class ThrottledError extends RetryableError {}

/** Only a person can mend it: a dead token, a missing permission, a disabled account. */
export class NeedsUserError extends MeritError {}

/** Something here is wrong: recorded whole, not tried again. */
export class DefectError extends MeritError {}

/** An error as `sync_jobs.error` holds it and people see it. Never contains a secret. */
export interface JobError {
  code: string;
  message: string;
  task: string | null;
  retryable: boolean;
}

/** Connections lost, servers restarting, transactions in each other's way (Node, Postgres, Prisma). */
const PASSING_CODES = new Set([
  "25P03",
  "ECONNREFUSED",
  "ECONNRESET",
  "ETIMEDOUT",
  "EPIPE",
  "EAI_AGAIN",
  "ENOTFOUND",
  "UND_ERR_SOCKET",
  "UND_ERR_CONNECT_TIMEOUT",
  "UND_ERR_HEADERS_TIMEOUT",
  "UND_ERR_BODY_TIMEOUT",
  "40001",
  "40P01",
  "53300",
  "55P03",
  "57P01",
  "57P02",
  "57P03",
  "08000",
  "08003",
  "08006",
  "P1001",
  "P1002",
  "P1008",
  "P1017",
  "P2024",
  "P2028",
  "P2034",
]);

/** The same, where pg says it in words alone. */
const PASSING_WORDS: Readonly<Record<string, string>> = {
  "Connection terminated": "CONNECTION_LOST",
  "Connection terminated unexpectedly": "CONNECTION_LOST",
  "Connection terminated due to connection timeout": "CONNECTION_LOST",
  "Client has encountered a connection error and is not queryable": "CONNECTION_LOST",
  "Client was closed and is not queryable": "CONNECTION_LOST",
  "timeout exceeded when trying to connect": "CONNECT_TIMEOUT",
};

const MAX_CAUSES = 5;

/** An error, or what Prisma keeps of its driver's: a plain object as `cause`, or in `meta`. */
interface Told {
  code?: unknown;
  originalCode?: unknown;
  message?: unknown;
  cause?: unknown;
  meta?: { driverAdapterError?: unknown };
}

function passingCode(error: unknown): string | undefined {
  let current = error;
  for (let depth = 0; depth < MAX_CAUSES; depth += 1) {
    if (typeof current !== "object" || current === null) return undefined;
    const { code, originalCode, message, cause, meta }: Told = current;
    for (const one of [code, originalCode]) {
      if (typeof one === "string" && PASSING_CODES.has(one)) return one;
    }
    const words = typeof message === "string" ? PASSING_WORDS[message] : undefined;
    if (words) return words;
    current = cause ?? meta?.driverAdapterError;
  }
  return undefined;
}

/** Any thrown thing in the form that a job records. What is not known is taken for a defect. */
export function toJobError(error: unknown): JobError {
  const message = redactText(error instanceof Error ? error.message : String(error));
  if (error instanceof MeritError) {
    const retryable = error instanceof RetryableError;
    return { code: error.code, message, task: error.task ?? null, retryable };
  }
  const passing = passingCode(error);
  return { code: passing ?? "UNEXPECTED", message, task: null, retryable: passing !== undefined };
}

/** What has to be done about a thrown thing, as `sync_jobs.error_kind` holds it. */
export function errorKind(error: unknown): "RETRYABLE" | "NEEDS_USER" | "DEFECT" {
  if (error instanceof NeedsUserError) return "NEEDS_USER";
  return toJobError(error).retryable ? "RETRYABLE" : "DEFECT";
}
