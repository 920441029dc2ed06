import type { AdAccountWorld } from "../accounts/world";
import type { MetaContext } from "../context";
import type { GraphAnswer, GraphCall } from "../graph/call";
import type { PlainObject } from "../graph/fields";
import { GraphError } from "../graph/graph-error";
import { pageOf } from "../graph/paging";
import { insightRows } from "./compute";
import { type Level, readInsightsRequest } from "./request";

/** `GET /{object}/insights`: the rows at once, or 100/1487534 when they are too many for that. */
export function answerInsights(
  context: MetaContext,
  call: GraphCall,
  account: AdAccountWorld,
  node: { id: string; level: Level },
): GraphAnswer {
  const at = context.now().getTime();
  const request = readInsightsRequest(call.params, node.level, account.options.plan.zone, at);
  const rows = insightRows(account, node.id, request, at);
  if (rows.length > context.limits.syncRows) throw new GraphError(100, 1487534);
  return { body: insightsPage(call, rows) };
}

/** A page of rows, as both the synchronous and the asynchronous edge answer it. */
export function insightsPage(call: GraphCall, rows: PlainObject[]): PlainObject {
  const page = pageOf(call, rows);
  return { data: page.rows, ...(page.paging ? { paging: page.paging } : {}) };
}
