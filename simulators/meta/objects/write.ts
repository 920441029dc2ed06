import type { PlanAdSet, PlanCampaign, PlanStatus } from "../../ad-plan/types";
import type { Entity } from "../accounts/entity";
import type { AdAccountWorld } from "../accounts/world";
import type { MetaContext } from "../context";
import type { GraphAnswer, GraphCall } from "../graph/call";
import { GraphError, invalidParameter } from "../graph/graph-error";
import { askedBudget, budgetElsewhere, checkLeast } from "./budget-checks";
import { spentOf } from "./budgets";

const HOUR = 3_600_000;
const STATUSES: readonly string[] = ["ACTIVE", "PAUSED", "DELETED", "ARCHIVED"];
const KNOWN: readonly string[] = [
  "status",
  "name",
  "daily_budget",
  "lifetime_budget",
  "bid_amount",
];

/** `POST /{campaign|adset|ad id}`: checks every field, then writes all of them or none. */
export function writeObject(
  context: MetaContext,
  call: GraphCall,
  account: AdAccountWorld,
  entity: Entity,
): GraphAnswer {
  const at = context.now().getTime();
  const { params } = call;
  const fields: Record<string, string> = {};
  for (const name of KNOWN) {
    const value = params.text(name);
    if (value !== null) fields[name] = value;
  }
  if (call.method === "DELETE") fields.status = "DELETED";
  if (Object.keys(fields).length === 0) throw new GraphError(100);
  const { id } = entity.plan;
  if (entity.kind === "creative") {
    if (fields.status !== "DELETED" && !fields.name) throw new GraphError(100);
  } else checkStatus(account.status(entity.plan, at), fields);
  if (fields.daily_budget !== undefined || fields.lifetime_budget !== undefined) {
    if (entity.kind !== "campaign" && entity.kind !== "adset") {
      throw invalidParameter("Param daily_budget is not valid for this object");
    }
    checkBudget(account, entity.plan, fields, at);
    if (entity.kind === "adset") checkPace(account, entity.plan, at);
  }
  if (params.list("execution_options").includes("validate_only"))
    return { body: { success: true } };
  const change = { id, at, fields };
  account.add(change);
  context.state.content.changes.push(change);
  context.state.changed();
  return { body: { success: true } };
}

function checkStatus(now: PlanStatus | null, fields: Record<string, string>): void {
  const wanted = fields.status;
  if (wanted !== undefined && !STATUSES.includes(wanted)) {
    throw invalidParameter(
      `Param status must be one of {ACTIVE, PAUSED, DELETED, ARCHIVED} - got "${wanted}"`,
    );
  }
  if (now === "DELETED") {
    throw new GraphError(100, 1487056, {
      title: "Object was deleted",
      userMessage: "A deleted object cannot be changed.",
    });
  }
  const onlyDeletes = Object.keys(fields).join() === "status" && wanted === "DELETED";
  if (now === "ARCHIVED" && !onlyDeletes) {
    throw new GraphError(100, 1487057, {
      title: "Object is archived",
      userMessage: "An archived object can only be deleted.",
    });
  }
}

function checkBudget(
  account: AdAccountWorld,
  holder: PlanCampaign | PlanAdSet,
  fields: Record<string, string>,
  at: number,
): void {
  const asked = askedBudget(fields);
  if (!asked) return;
  if (!holder.budget) throw budgetElsewhere();
  const { kind } = holder.budget;
  if (kind !== asked.kind) {
    throw invalidParameter(`This object has a ${kind} budget; its kind cannot be changed`);
  }
  checkLeast(account.currency, asked.amount);
  if (kind === "lifetime" && asked.amount * 10 < spentOf(account, holder, at) * 11) {
    throw new GraphError(100, 1885183, {
      title: "Your budget is too low",
      userMessage: "A lifetime budget must be at least 10% more than what has been spent.",
    });
  }
}

function checkPace(account: AdAccountWorld, adSet: PlanAdSet, at: number): void {
  const recent = account
    .changesOf(adSet.id)
    .filter(
      (change) =>
        change.at > at - HOUR &&
        change.at <= at &&
        (change.fields.daily_budget ?? change.fields.lifetime_budget) !== undefined,
    );
  if (recent.length >= 4) throw new GraphError(613, 1487632);
}
