import { readable } from "../accounts/access";
import type { AdAccountWorld } from "../accounts/world";
import type { MetaContext } from "../context";
import type { FaultError } from "../faults";
import type { GraphAnswer, GraphCall } from "../graph/call";
import { type PlainObject, parseFields, pick } from "../graph/fields";
import { GraphError, unsupportedObject } from "../graph/graph-error";
import { Params } from "../graph/params";
import { REPORT_FIELDS } from "../names/objects";
import type { ReportRun } from "../state";
import { insightRows } from "./compute";
import { insightsPage } from "./endpoint";
import { reportNode } from "./report-node";
import { type Level, readInsightsRequest } from "./request";

const LIFE = 30 * 86_400_000;
const FATES = { fail: "fail", skip: "skip", stuck: "stuck", too_large: "too_large" } as const;
/** Rows of the reports read last, so that a page does not compute the whole again. */
const kept = new WeakMap<ReportRun, PlainObject[]>();

/** `POST /{object}/insights`: checks the request now, answers `{report_run_id}`, runs it afterwards. */
export function startReport(
  context: MetaContext,
  call: GraphCall,
  account: AdAccountWorld,
  node: { id: string; level: Level },
  fault: FaultError | null,
): GraphAnswer {
  const asOf = context.now().getTime();
  readInsightsRequest(call.params, node.level, account.options.plan.zone, asOf);
  const { content } = context.state;
  const given = call.params.names().filter((name) => !["access_token", "id"].includes(name));
  const run: ReportRun = {
    id: String(6_023_920_149_050_000n + BigInt(content.nextReport)),
    accountId: account.options.id,
    userId: call.token.userId,
    objectId: node.id,
    version: call.version,
    params: Object.fromEntries(given.map((name) => [name, call.params.text(name) ?? ""])),
    asOf,
    startedAt: Date.now(),
    fate: fault && "report" in fault ? FATES[fault.report] : "complete",
  };
  content.nextReport += 1;
  if (run.fate === "complete" && rowsOf(run, account).length > context.limits.asyncRows) {
    run.fate = "too_large";
  }
  content.reports.push(run);
  context.state.changed();
  return { body: { report_run_id: run.id } };
}

/** `GET /{report_run_id}` and `/{report_run_id}/insights`. */
export function answerReport(context: MetaContext, call: GraphCall, run: ReportRun): GraphAnswer {
  const account = readable(context, call, run.accountId);
  const now = context.now().getTime();
  if (now - run.asOf > LIFE) throw unsupportedObject(call.method, run.id);
  const request = requestOf(run, account);
  const node = reportNode(context.pacing, run, request.range, account.options.plan.zone);
  const [, edge] = call.path;
  if (edge === undefined) {
    const asked = call.params.text("fields");
    const type = { name: "AdReportRun", fields: REPORT_FIELDS };
    return { body: asked ? pick(node, parseFields(asked), type) : node };
  }
  if (edge !== "insights") throw unsupportedObject(call.method, call.path.join("/"));
  if (node.async_status !== "Job Completed" || node.async_percent_completion !== 100) {
    throw new GraphError(2601, null, {
      message: "(#2601) Error accessing adreport job.",
      title: "Loading Async Report Failed",
      userMessage: "Sorry, the report job could not be loaded: Job is not complete.",
    });
  }
  return { body: insightsPage(call, rowsOf(run, account)) };
}

function requestOf(run: ReportRun, account: AdAccountWorld) {
  const level: Level = run.objectId.startsWith("act_")
    ? "account"
    : account.entity(run.objectId)?.kind === "campaign"
      ? "campaign"
      : account.entity(run.objectId)?.kind === "adset"
        ? "adset"
        : "ad";
  const params = new Params(new Map(Object.entries(run.params)));
  return readInsightsRequest(params, level, account.options.plan.zone, run.asOf);
}

/** What the report found, as of the instant it was asked for. */
function rowsOf(run: ReportRun, account: AdAccountWorld): PlainObject[] {
  const known = kept.get(run);
  if (known) return known;
  const rows = insightRows(account, run.objectId, requestOf(run, account), run.asOf);
  kept.set(run, rows);
  return rows;
}
