import { z } from "zod";
import type { Entity } from "../accounts/entity";
import type { AdAccountWorld } from "../accounts/world";
import type { MetaContext } from "../context";
import type { GraphAnswer, GraphCall } from "../graph/call";
import { type AskedField, type PlainObject, parseFields, pick } from "../graph/fields";
import { GraphError, invalidParameter } from "../graph/graph-error";
import { pageOf } from "../graph/paging";
import { AD_FIELDS, AD_SET_FIELDS, CAMPAIGN_FIELDS, CREATIVE_FIELDS } from "../names/objects";
import { objectNode } from "./nodes";

export const TYPES = {
  campaign: { name: "Campaign", fields: CAMPAIGN_FIELDS },
  adset: { name: "AdSet", fields: AD_SET_FIELDS },
  ad: { name: "Ad", fields: AD_FIELDS },
  creative: { name: "AdCreative", fields: CREATIVE_FIELDS },
} as const;

const EDGES: Record<string, Entity["kind"]> = {
  campaigns: "campaign",
  adsets: "adset",
  ads: "ad",
  adcreatives: "creative",
};

/** Fields that carry whole documents: they fill a page sooner. */
const HEAVY: readonly string[] = ["object_story_spec", "asset_feed_spec", "targeting", "creative"];

const filterSchema = z.array(
  z.object({ field: z.string(), operator: z.string(), value: z.unknown() }),
);

/** The kind of object behind an edge's name; null for an edge that is not held. */
export function kindOfEdge(edge: string): Entity["kind"] | null {
  return EDGES[edge] ?? null;
}

/** A list of an account's or a parent's objects; ARCHIVED and DELETED only when asked for. */
export function answerEdge(
  context: MetaContext,
  call: GraphCall,
  account: AdAccountWorld,
  parent: string,
  kind: Entity["kind"],
): GraphAnswer {
  const at = context.now().getTime();
  const fields = parseFields(call.params.text("fields") ?? "id");
  checkSize(context, call, fields);
  const passes = statusFilter(call, kind);
  const nodes = entitiesOf(account, parent, kind).flatMap((entity) => {
    const node = objectNode(account, entity, at);
    return node && passes(node) ? [node] : [];
  });
  const page = pageOf(call, nodes);
  const summary = call.params.text("summary");
  return {
    body: {
      data: page.rows.map((node) => pick(node, fields, TYPES[kind])),
      ...(page.paging ? { paging: page.paging } : {}),
      ...(summary?.includes("total_count") ? { summary: { total_count: nodes.length } } : {}),
    },
  };
}

function entitiesOf(account: AdAccountWorld, parent: string, kind: Entity["kind"]): Entity[] {
  const everything = account.all(kind);
  if (parent.startsWith("act_") || kind === "campaign") return everything;
  const ads = account
    .all("ad")
    .filter(({ plan }) => [plan.id, plan.adSet.id, plan.adSet.campaign.id].includes(parent));
  if (kind === "ad") return ads;
  if (kind === "adset") {
    return account.all("adset").filter(({ plan }) => plan.campaign.id === parent);
  }
  const shown = new Set(ads.map(({ plan }) => plan.creative.id));
  return everything.filter(({ plan }) => shown.has(plan.id));
}

function checkSize(context: MetaContext, call: GraphCall, fields: AskedField[]): void {
  const limit = call.params.whole("limit") ?? 25;
  const weight = fields.reduce((sum, { name }) => sum + (HEAVY.includes(name) ? 20 : 1), 0);
  if (limit * weight > context.limits.pageCells) throw new GraphError(1);
}

function statusFilter(call: GraphCall, kind: Entity["kind"]): (node: PlainObject) => boolean {
  const statuses = call.params.list("effective_status");
  const filters = call.params.json("filtering", filterSchema) ?? [];
  const tests = filters.map(({ field, operator, value }) => {
    const name = field.replace(/^(campaign|adset|ad)\./, "");
    if (!["effective_status", "id", "name", "updated_time"].includes(name)) {
      throw invalidParameter(
        `Filtering field ${field} with operation ${operator} is not supported`,
      );
    }
    if (name === "effective_status" && Array.isArray(value)) statuses.push(...value.map(String));
    return (node: PlainObject) => compares(operator, node[name], value);
  });
  return (node) => {
    const status = String(node.effective_status ?? "ACTIVE");
    const shown =
      kind === "creative" ||
      (statuses.length > 0 ? statuses.includes(status) : !["ARCHIVED", "DELETED"].includes(status));
    return shown && tests.every((test) => test(node));
  };
}

function compares(operator: string, found: unknown, wanted: unknown): boolean {
  const text = String(found);
  switch (operator) {
    case "IN":
      return Array.isArray(wanted) && wanted.map(String).includes(text);
    case "EQUAL":
      return text === String(wanted);
    case "CONTAIN":
      return text.includes(String(wanted));
    case "GREATER_THAN":
      return Date.parse(text) / 1000 > Number(wanted);
    default:
      throw invalidParameter(`Filtering operator ${operator} is not supported`);
  }
}
