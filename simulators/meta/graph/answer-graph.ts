import { readable, writable } from "../accounts/access";
import { accountNode, minimumBudgets } from "../accounts/account-node";
import type { Entity } from "../accounts/entity";
import { answerMe } from "../accounts/me";
import type { AdAccountWorld } from "../accounts/world";
import { entityOf, type MetaContext } from "../context";
import type { FaultError } from "../faults";
import { answerReport, startReport } from "../insights/async";
import { answerInsights } from "../insights/endpoint";
import type { Level } from "../insights/request";
import { AD_ACCOUNT_FIELDS } from "../names/objects";
import { copyObject } from "../objects/copy";
import { createObject } from "../objects/create";
import { answerEdge, kindOfEdge, TYPES } from "../objects/edges";
import { objectNode } from "../objects/nodes";
import { effectiveStatus } from "../objects/status";
import { writeObject } from "../objects/write";
import type { GraphAnswer, GraphCall } from "./call";
import { parseFields, pick } from "./fields";
import { GraphError, unsupportedObject } from "./graph-error";
import { pageOf } from "./paging";

/** Everything behind a user's token. Throws a GraphError, or a LimitedError when a limit is reached. */
export function answerGraph(
  context: MetaContext,
  call: GraphCall,
  fault: FaultError | null,
): GraphAnswer {
  const [id = "", edge] = call.path;
  if (id === "me" || id === call.token.userId) {
    const headers = context.limiter.countApp();
    return { ...answerMe(context, { ...call, path: ["me", ...call.path.slice(1)] }), headers };
  }
  const report = context.state.content.reports.find((run) => run.id === id);
  if (report) {
    const account = readable(context, call, report.accountId);
    const headers = count(context, account, "ads_insights", false);
    return { ...answerReport(context, call, report), headers };
  }
  if (call.path.length > 2) throw unknownPath(call);
  const found = id.startsWith("act_") ? null : entityOf(context, id);
  if (!id.startsWith("act_") && !found) throw unsupportedObject(call.method, id);
  const accountId = found?.account.options.id ?? id;
  const write = call.method !== "GET" && edge !== "insights";
  const account = write ? writable(context, call, accountId) : readable(context, call, accountId);
  const useCase = edge === "insights" ? "ads_insights" : "ads_management";
  const headers = count(context, account, useCase, write);
  const answer =
    edge === undefined
      ? answerNode(context, call, account, found?.entity ?? null)
      : answerEdgeOf(context, call, account, { id, edge, entity: found?.entity ?? null, fault });
  return { ...answer, headers };
}

function answerNode(
  context: MetaContext,
  call: GraphCall,
  account: AdAccountWorld,
  entity: Entity | null,
): GraphAnswer {
  const at = context.now().getTime();
  if (!entity) {
    if (call.method !== "GET") throw unsupportedObject(call.method, account.id);
    const fields = parseFields(call.params.text("fields") ?? "account_id,id");
    const type = { name: "AdAccount", fields: AD_ACCOUNT_FIELDS };
    return { body: pick(accountNode(account, at), fields, type) };
  }
  const node = objectNode(account, entity, at);
  if (!node) throw unsupportedObject(call.method, entity.plan.id);
  if (call.method !== "GET") return writeObject(context, call, account, entity);
  const fields = parseFields(call.params.text("fields") ?? "id");
  return { body: pick(node, fields, TYPES[entity.kind]) };
}

function answerEdgeOf(
  context: MetaContext,
  call: GraphCall,
  account: AdAccountWorld,
  asked: { id: string; edge: string; entity: Entity | null; fault: FaultError | null },
): GraphAnswer {
  const { id, edge, entity, fault } = asked;
  const own: Level | "creative" = entity?.kind ?? "account";
  if (edge === "insights" && own !== "creative") {
    const node = { id, level: own };
    if (call.method === "POST") return startReport(context, call, account, node, fault);
    return answerInsights(context, call, account, node);
  }
  if (entity && edge === "copies" && call.method === "POST") {
    return copyObject(context, call, account, entity);
  }
  const kind = kindOfEdge(edge);
  if (!entity && call.method === "POST" && kind) return createObject(context, call, account, kind);
  if (!entity && edge === "minimum_budgets" && call.method === "GET") {
    const { rows, ...paging } = pageOf(call, minimumBudgets(account.currency));
    return { body: { data: rows, ...paging } };
  }
  if (!kind || call.method !== "GET") throw unsupportedObject(call.method, call.path.join("/"));
  return answerEdge(context, call, account, id, kind);
}

function count(
  context: MetaContext,
  account: AdAccountWorld,
  useCase: "ads_insights" | "ads_management",
  write: boolean,
): Record<string, string> {
  const at = context.now().getTime();
  const activeAds = account
    .all("ad")
    .filter(({ plan }) => effectiveStatus(account, plan, at) === "ACTIVE").length;
  return context.limiter.count({ useCase, account: account.options.id, write, activeAds });
}

function unknownPath(call: GraphCall): GraphError {
  return new GraphError(2500, null, {
    message: `Unknown path components: /${call.path.slice(1).join("/")}`,
  });
}
