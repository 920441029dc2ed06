import { z } from "zod";

/** Faults of any call: Admin API, token endpoint, result files. */
export const HTTP_FAULTS = [
  "http_429",
  "http_5xx",
  "timeout",
  "connection_cut",
  "html_answer",
] as const;
/** Faults of a call with an access token. */
export const TOKEN_FAULTS = ["token_expired", "token_revoked"] as const;
/** The token endpoint: tokens rotate and the answer never arrives, or a refresh is refused. */
export const REFRESH_FAULTS = ["refresh_lost", "refresh_refused"] as const;
/** Faults of a result file. */
export const DOWNLOAD_FAULTS = ["download_cut", "download_corrupted"] as const;
/** Faults at the moment a bulk operation is asked for. */
export const BULK_REFUSALS = ["bulk_refuse_agreements", "bulk_limit_reached"] as const;
/** What becomes of a bulk operation that was accepted; it keeps its fault over a restart. */
export const BULK_FAULTS = [
  "bulk_failed",
  "bulk_partial",
  "bulk_canceled",
  "bulk_expired",
  "bulk_no_url",
  "bulk_rows_missing",
  "bulk_roots_missing",
  "bulk_stuck",
] as const;
/** Faults of a webhook on its way. */
export const WEBHOOK_FAULTS = [
  "webhook_duplicate",
  "webhook_reorder",
  "webhook_delay",
  "webhook_drop",
] as const;

const KINDS = [
  ...HTTP_FAULTS,
  "throttled",
  ...TOKEN_FAULTS,
  ...REFRESH_FAULTS,
  ...DOWNLOAD_FAULTS,
  ...BULK_REFUSALS,
  ...BULK_FAULTS,
  ...WEBHOOK_FAULTS,
] as const;

export type FaultKind = (typeof KINDS)[number];
export type BulkFault = (typeof BULK_FAULTS)[number];

/** What a test posts to `/_sim/shops/:shop/faults`. */
export const faultSchema = z.strictObject({
  kind: z.enum(KINDS),
  /** How often it strikes; null strikes until it is deleted. */
  times: z.number().int().positive().nullable().default(1),
  /** Strikes only calls whose address, document, bulk query or webhook topic holds this text. */
  match: z.string().min(1).optional(),
  /** Status of `http_5xx`. */
  status: z.number().int().min(500).max(599).default(503),
  /** `Retry-After` of `http_429` and of a 503, seconds. */
  retry_after: z.number().nonnegative().default(2),
  /** errorCode of `bulk_failed` and `bulk_partial`. */
  error_code: z
    .enum(["ACCESS_DENIED", "INTERNAL_SERVER_ERROR", "TIMEOUT"])
    .default("INTERNAL_SERVER_ERROR"),
  /** How long `webhook_delay` holds a delivery, and the longest `webhook_reorder` does. */
  ms: z.number().int().nonnegative().default(1_000),
});

export type FaultInput = z.infer<typeof faultSchema>;
