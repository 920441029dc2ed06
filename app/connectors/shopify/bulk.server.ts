import { DefectError, NeedsUserError, RetryableError, ThrottledError } from "~/lib/errors";
import type { AdminClient } from "./admin-client.server";
import {
  type BulkOperation,
  cancelBulkSchema,
  pollBulkSchema,
  recentBulksSchema,
  runBulkSchema,
} from "./answer-schemas";
import { CANCEL_BULK, POLL_BULK, RECENT_BULKS, RUN_BULK } from "./documents/bulk-operations";

/** Five run at once per shop; whoever finds them taken comes back after this. */
const LIMIT_RETRY_MS = 15_000;
const OPEN = ["CREATED", "RUNNING"];

interface RunOptions {
  /** An operation of this very text that was begun since is taken for our own. */
  since?: string;
  /** Operations that are wanted, when others must make room. */
  keep?: readonly string[];
}

/**
 * Starts a bulk query, or takes over one of the same text that an earlier process began since
 * `since` and could not write down. Should five be running, those of an earlier process that nobody
 * waits for are canceled, and ThrottledError `BULK_LIMIT_REACHED` asks to come back: a shop has one
 * sync at a time, so all but `keep` are such. A refused query is a DefectError `BULK_INVALID_QUERY`
 * with Shopify's words.
 */
export async function runBulk(
  client: AdminClient,
  query: string,
  task: string,
  { since, keep = [] }: RunOptions = {},
): Promise<{ id: string }> {
  const open = await openOperations(client, task);
  const begun = (createdAt: string) =>
    since !== undefined && Date.parse(createdAt) >= Date.parse(since);
  const own = open.find((node) => node.query === query && begun(node.createdAt));
  if (own) return own;
  const { bulkOperationRunQuery } = await client.request(RUN_BULK, {
    variables: { query },
    schema: runBulkSchema,
    task,
  });
  const { bulkOperation, userErrors } = bulkOperationRunQuery;
  const [error] = userErrors;
  if (!error && bulkOperation) return bulkOperation;
  if (error?.code === "OPERATION_IN_PROGRESS" || error?.code === "LIMIT_REACHED") {
    for (const { id } of open) if (!keep.includes(id)) await cancelBulk(client, id, task);
    throw new ThrottledError("All of the shop's bulk operations are taken at the moment.", {
      code: "BULK_LIMIT_REACHED",
      task,
      retryAfterMs: LIMIT_RETRY_MS,
    });
  }
  throw new DefectError(error?.message ?? "Shopify started no bulk operation and said nothing.", {
    code: error?.code === "INVALID" ? "BULK_INVALID_QUERY" : "BULK_NOT_STARTED",
    task,
  });
}

async function openOperations(client: AdminClient, task: string) {
  const { bulkOperations } = await client.request(RECENT_BULKS, {
    schema: recentBulksSchema,
    task,
  });
  return bulkOperations.edges.map(({ node }) => node).filter(({ status }) => OPEN.includes(status));
}

/** How a bulk operation stands. RetryableError `BULK_UNKNOWN` when Shopify no longer knows it. */
export async function pollBulk(
  client: AdminClient,
  id: string,
  task: string,
): Promise<BulkOperation> {
  const { bulkOperation } = await client.request(POLL_BULK, {
    variables: { id },
    schema: pollBulkSchema,
    task,
  });
  if (bulkOperation) return bulkOperation;
  throw new RetryableError("Shopify no longer knows the bulk operation; it is started anew.", {
    code: "BULK_UNKNOWN",
    task,
  });
}

/**
 * True when the operation's file may be read, false while it runs (an unknown status counts as
 * running). Every other end is thrown under its own name: retryable ones are mended by starting
 * the operation anew.
 */
export function bulkIsComplete(operation: BulkOperation, task: string): boolean {
  const { status, errorCode } = operation;
  if (status === "COMPLETED") {
    if (operation.url !== null || operation.objectCount === 0) return true;
    throw new RetryableError("A bulk operation ended without the address of its file.", {
      code: "BULK_NO_URL",
      task,
    });
  }
  if (status === "FAILED") throw failure(errorCode, task);
  if (status === "CANCELED" || status === "CANCELING") {
    throw new RetryableError("A bulk operation was canceled.", { code: "BULK_CANCELED", task });
  }
  if (status === "EXPIRED") {
    throw new RetryableError("A bulk operation's file has expired.", {
      code: "BULK_EXPIRED",
      task,
    });
  }
  return false;
}

function failure(errorCode: string | null, task: string): Error {
  if (errorCode === "ACCESS_DENIED") {
    return new NeedsUserError("The app lacks the permission to read this shop's orders.", {
      code: "BULK_ACCESS_DENIED",
      task,
    });
  }
  const code = errorCode === "TIMEOUT" ? "BULK_TIMEOUT" : "BULK_FAILED";
  return new RetryableError(`A bulk operation failed (${errorCode ?? "no reason given"}).`, {
    code,
    task,
  });
}

/** Stops an operation. One that has ended already, or is unknown, counts as stopped. */
export async function cancelBulk(client: AdminClient, id: string, task: string): Promise<void> {
  await client.request(CANCEL_BULK, { variables: { id }, schema: cancelBulkSchema, task });
}
