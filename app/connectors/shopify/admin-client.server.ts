import { createAdminApiClient } from "@shopify/admin-api-client";
import type { z } from "zod";
import type { PointBudget, Urgency } from "~/lib/api-budget";
import { DefectError, RetryableError } from "~/lib/errors";
import { ADMIN_API_VERSION } from "~/lib/shopify-version";
import { errorOfAnswer, type RawAnswer } from "./answer-errors.server";
import { extensionsSchema } from "./answer-schemas";
import { budgetedCall, THROTTLED } from "./budgeted-call";
import { Patience } from "./patience";
import { backoffMs, throttleWaitMs, tooManyWaitMs } from "./waiting";

export interface AdminRequest<Schema extends z.ZodType> {
  variables?: Record<string, unknown>;
  /** Checks `data` of the answer. */
  schema: Schema;
  /** Named in errors, for example `first_light`. */
  task: string;
  signal?: AbortSignal;
}

/** The Admin GraphQL API of one shop. */
export interface AdminClient {
  readonly shop: string;
  request<Schema extends z.ZodType>(
    document: string,
    request: AdminRequest<Schema>,
  ): Promise<z.infer<Schema>>;
}

export interface AdminClientOptions {
  /** The shop's myshopify domain. */
  shop: string;
  /** A valid offline token; given one that Shopify just refused, a newer one. */
  accessToken: (refused?: string) => Promise<string>;
  fetch: typeof fetch;
  sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** The shop's bucket of points, asked before every call. */
  budget: PointBudget;
  /** Who waits for what is read; writes count as a person's. */
  urgency: Urgency;
}

const REQUEST_TIMEOUT_MS = 60_000;
const MAX_FAILURES = 4;

/**
 * A client that calls when the shop's bucket has the points, and waits by itself where waiting helps:
 * a few seconds altogether for points, on THROTTLED and on 429; with growing pauses on 5xx and lost
 * connections. What it throws says what to do: ThrottledError (a longer wait, of `retryAfterMs`),
 * RetryableError (unreachable), NeedsUserError (token or permission gone),
 * DefectError (our query, or an answer of an unknown form). Data that comes with errors, or with a
 * search term that Shopify ignored, is never handed on.
 */
export function createAdminClient(options: AdminClientOptions): AdminClient {
  return {
    shop: options.shop,
    async request(document, request) {
      let failures = 0;
      let refused: string | undefined;
      const { budget, urgency, sleep } = options;
      const { variables, task, signal } = request;
      const patience = new Patience({ sleep, signal, task });
      for (;;) {
        signal?.throwIfAborted();
        const token = await options.accessToken(refused);
        const call = { budget, urgency, document, variables, patience };
        const answer = await budgetedCall(call, () => send(options, token, document, request));
        const throttled = throttleWaitMs(answer);
        if (throttled !== null) {
          await patience.wait(throttled, THROTTLED);
          continue;
        }
        const tooMany = tooManyWaitMs(answer);
        if (tooMany !== null) {
          await budget.block(tooMany);
          await patience.wait(tooMany, "SHOPIFY_TOO_MANY");
          continue;
        }
        if (answer.status === 401 && refused === undefined) {
          refused = token;
          continue;
        }
        const error = errorOfAnswer(answer, task);
        if (!error) return parseData(answer, request);
        failures += 1;
        if (!(error instanceof RetryableError) || failures > MAX_FAILURES) throw error;
        if ((error.retryAfterMs ?? 0) > patience.leftMs) throw error;
        await sleep(error.retryAfterMs ?? backoffMs(failures), signal);
      }
    },
  };
}

async function send<Schema extends z.ZodType>(
  { shop, fetch: send }: AdminClientOptions,
  accessToken: string,
  document: string,
  { variables, signal }: AdminRequest<Schema>,
): Promise<RawAnswer> {
  const client = createAdminApiClient({
    storeDomain: shop,
    apiVersion: ADMIN_API_VERSION,
    accessToken,
    customFetchApi: send,
  });
  const timeout = AbortSignal.timeout(REQUEST_TIMEOUT_MS);
  const { data, errors, extensions } = await client.request(document, {
    variables,
    signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
  });
  signal?.throwIfAborted();
  const retryAfter = Number(errors?.response?.headers.get("retry-after") ?? Number.NaN);
  return {
    status: errors?.networkStatusCode ?? null,
    message: errors?.message ?? null,
    failed: errors !== undefined,
    graphqlErrors: errors?.graphQLErrors ?? [],
    data,
    extensions: extensionsSchema.catch({}).parse(extensions ?? {}),
    retryAfterMs: Number.isFinite(retryAfter) ? retryAfter * 1000 : null,
  };
}

function parseData<Schema extends z.ZodType>(
  answer: RawAnswer,
  { schema, task }: AdminRequest<Schema>,
): z.infer<Schema> {
  const parsed = schema.safeParse(answer.data);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new DefectError(
    `Shopify's answer has an unknown form at ${issue?.path.join(".")}: ${issue?.message}`,
    { code: "SHOPIFY_ANSWER_SHAPE", task, cause: parsed.error },
  );
}
