import { DefectError, type MeritError, NeedsUserError, RetryableError } from "~/lib/errors";
import type { Extensions, GraphqlError } from "./answer-schemas";

/** An answer of the Admin API as it came, before anyone judged it. */
export interface RawAnswer {
  /** HTTP status where something failed; null when there was no answer, or nothing failed. */
  status: number | null;
  message: string | null;
  failed: boolean;
  graphqlErrors: readonly GraphqlError[];
  data: unknown;
  extensions: Extensions;
  retryAfterMs: number | null;
}

/** Which error an answer is, null for a good one. Partial data with errors is an error. */
export function errorOfAnswer(answer: RawAnswer, task: string): MeritError | null {
  if (answer.graphqlErrors.length > 0) return graphqlError(answer, task);
  if (answer.failed) return httpError(answer, task);
  const ignored = answer.extensions.search ?? [];
  if (ignored.length === 0) return null;
  const fields = ignored.flatMap(({ warnings }) => warnings ?? []).map(({ field }) => field);
  return new DefectError(
    `Shopify ignored a part of the search (${fields.join(", ")}): everything would have matched.`,
    { code: "SHOPIFY_SEARCH_IGNORED", task },
  );
}

/** Whether the query costs more than Shopify allows a single one. */
export function isTooDear({ graphqlErrors }: Pick<RawAnswer, "graphqlErrors">): boolean {
  return graphqlErrors.some(
    ({ message, extensions }, index) =>
      extensions?.code === "MAX_COST_EXCEEDED" ||
      (index === 0 && message.includes("exceeds the single query max")),
  );
}

function graphqlError({ graphqlErrors: errors, data }: RawAnswer, task: string): MeritError {
  const codes = new Set(errors.map((error) => error.extensions?.code));
  const message = errors.map((error) => error.message).join(" ");
  if (codes.has("ACCESS_DENIED")) {
    return new NeedsUserError(message, { code: "SHOPIFY_ACCESS_DENIED", task });
  }
  if (codes.has("SHOP_INACTIVE")) {
    return new NeedsUserError(message, { code: "SHOPIFY_SHOP_INACTIVE", task });
  }
  if (isTooDear({ graphqlErrors: errors })) {
    return new DefectError(message, { code: "SHOPIFY_MAX_COST", task });
  }
  if (codes.has("INTERNAL_SERVER_ERROR") || codes.has("TIMEOUT")) {
    return new RetryableError(message, { code: "SHOPIFY_INTERNAL", task });
  }
  // A wrong query is refused before it runs. One that ran in part met trouble at Shopify's.
  const ranInPart = typeof data === "object" && data !== null;
  if (ranInPart && [...codes].every((code) => code === undefined)) {
    return new RetryableError(message, { code: "SHOPIFY_PARTIAL", task });
  }
  return new DefectError(message, { code: "SHOPIFY_GRAPHQL", task });
}

/** What an HTTP status means for the connection, in the words a person reads. */
const NEEDS_USER: Readonly<Record<number, [code: string, message: string]>> = {
  401: [
    "SHOPIFY_TOKEN_REJECTED",
    "Shopify no longer accepts the app's access: open the app again.",
  ],
  402: ["SHOPIFY_SHOP_FROZEN", "The shop is frozen until its Shopify bill is paid."],
  403: ["SHOPIFY_FORBIDDEN", "Shopify refuses the app this access."],
  404: ["SHOPIFY_SHOP_GONE", "Shopify does not know this shop any more."],
  423: ["SHOPIFY_SHOP_LOCKED", "The shop is locked by Shopify."],
};

function httpError({ status, message, retryAfterMs }: RawAnswer, task: string): MeritError {
  const known = status === null ? undefined : NEEDS_USER[status];
  if (known) return new NeedsUserError(known[1], { code: known[0], task });
  if (status === null || status < 400) {
    return new RetryableError(`Shopify could not be reached: ${message}`, {
      code: "SHOPIFY_UNREACHABLE",
      task,
    });
  }
  if (status >= 500) {
    return new RetryableError(`Shopify answered ${status}.`, {
      code: "SHOPIFY_UNAVAILABLE",
      task,
      ...(retryAfterMs === null ? {} : { retryAfterMs }),
    });
  }
  return new DefectError(`Shopify answered ${status}: ${message}`, { code: "SHOPIFY_HTTP", task });
}
