import type { Urgency, UsageBudget } from "~/lib/api-budget";
import { ThrottledError } from "~/lib/errors";
import { errorOfRefusal, isLimitOfAll, isLimitOfApp } from "./graph-errors";
import { refusalSchema } from "./graph-schemas";
import { APP, askedWaitMs, usagesOf } from "./usage-headers";

/** What Meta still allows, as all workers share it, and who waits for this client's calls. */
export interface SharedLimits {
  budget: UsageBudget;
  urgency: Urgency;
}

interface LimitedCall {
  /** The ad account that the call is about (`act_123`), or `app`. */
  subject: string;
  /** A write is never held back for the sake of others. */
  write: boolean;
  task: string;
}

interface Answered {
  response: Response;
  body: unknown;
}

/**
 * Makes a call where Meta still has room for it, and notes what its answer, a refusal too, says of
 * the room. Throws ThrottledError `META_THROTTLED` without a call where there is none.
 */
export async function withinLimits(
  { budget, urgency }: SharedLimits,
  { subject, write, task }: LimitedCall,
  send: () => Promise<Answered>,
): Promise<Answered> {
  const leave = await budget.ask(subject, write ? "person" : urgency);
  if (leave.at === null) {
    throw new ThrottledError(
      "Meta allows few more calls at the moment; the work goes on a little later.",
      { code: "META_THROTTLED", task, retryAfterMs: leave.waitMs },
    );
  }
  const answer = await send();
  const usages = usagesOf(answer.response.headers, subject);
  const refusal = refusalSchema.safeParse(answer.body);
  if (refusal.success && isLimitOfAll(refusal.data.error)) {
    const waitMs = askedWaitMs(answer.response.headers);
    const { retryAfterMs } = errorOfRefusal(refusal.data.error, { task, waitMs });
    const limited = isLimitOfApp(refusal.data.error) ? APP : subject;
    usages.set(limited, { usedPercent: 100, resetMs: retryAfterMs ?? null });
  }
  await budget.note(leave.at, usages);
  return answer;
}
