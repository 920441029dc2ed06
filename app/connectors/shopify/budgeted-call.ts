import type { PointBudget, Urgency } from "~/lib/api-budget";
import { isTooDear, type RawAnswer } from "./answer-errors.server";
import type { Patience } from "./patience";
import { expectedPoints, rememberPoints } from "./query-costs";
import { isThrottled } from "./waiting";

export const THROTTLED = "SHOPIFY_THROTTLED";

/** Points come back sooner than told when a call beside ours costs less than it took. */
const ASK_AGAIN_MS = 1_000;

interface BudgetedCall {
  budget: PointBudget;
  urgency: Urgency;
  document: string;
  variables: Record<string, unknown> | undefined;
  patience: Patience;
}

/**
 * Sends a query once the shop's bucket has points for it, and tells the bucket what became of it.
 * Throws ThrottledError when that would take longer than the request's patience lasts.
 */
export async function budgetedCall(
  options: BudgetedCall,
  send: () => Promise<RawAnswer>,
): Promise<RawAnswer> {
  const { budget, document, variables } = options;
  const call = await takePoints(options);
  const answer = await send().catch(async (error: unknown) => {
    await budget.settle(call, { charged: null, told: null });
    throw error;
  });
  const cost = answer.extensions.cost;
  if (!cost) {
    await budget.settle(call, { charged: isUncharged(answer) ? 0 : null, told: null });
    return answer;
  }
  rememberPoints(document, variables, cost.requestedQueryCost);
  const { currentlyAvailable, maximumAvailable, restoreRate } = cost.throttleStatus;
  await budget.settle(call, {
    charged: isThrottled(answer) ? 0 : (cost.actualQueryCost ?? cost.requestedQueryCost),
    told: { available: currentlyAvailable, maximum: maximumAvailable, restoreRate },
  });
  return answer;
}

async function takePoints({
  budget,
  urgency,
  document,
  variables,
  patience,
}: BudgetedCall): Promise<string> {
  const wish = {
    points: expectedPoints(document, variables),
    urgency: isWrite(document) ? "person" : urgency,
  };
  for (;;) {
    const { call, waitMs } = await budget.take({ ...wish, patienceMs: patience.leftMs });
    if (call === null) {
      await patience.wait(waitMs, THROTTLED, ASK_AGAIN_MS);
      continue;
    }
    try {
      if (waitMs > 0) await patience.wait(waitMs, THROTTLED);
      return call;
    } catch (error) {
      await budget.settle(call, { charged: 0, told: null });
      throw error;
    }
  }
}

/** Shopify refused to run the query at all: by its HTTP status, or as too dear for a single one. */
function isUncharged(answer: RawAnswer): boolean {
  const { status } = answer;
  return isTooDear(answer) || (status !== null && status >= 400 && status < 500);
}

/** A write is never held back for the sake of others: somebody made up their mind about it. */
function isWrite(document: string): boolean {
  return /^\s*mutation\b/.test(document);
}
