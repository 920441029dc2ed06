import { z } from "zod";
import type { Entity } from "../accounts/entity";
import type { AdAccountWorld } from "../accounts/world";
import type { MetaContext } from "../context";
import type { GraphAnswer, GraphCall } from "../graph/call";
import { GraphError, invalidParameter, unsupportedObject } from "../graph/graph-error";
import type { Params } from "../graph/params";
import { budgetElsewhere } from "./budget-checks";
import { childrenOf, copyTree } from "./copy-tree";
import { oneOf, parentOf } from "./given";
import { givenSpan } from "./times";

/** Ads that one synchronous deep copy may hold. */
const MOST_ADS = 3;
const STRATEGIES = ["ONLY_TOP_LEVEL_RENAME", "DEEP_RENAME", "NO_RENAME"] as const;
const renameSchema = z.object({
  rename_strategy: z.enum(STRATEGIES).default("ONLY_TOP_LEVEL_RENAME"),
  rename_prefix: z.string().default(""),
  rename_suffix: z.string().optional(),
});
const TYPES = { campaign: "campaign", adset: "ad_set", ad: "ad", creative: "unique_adcreative" };

/** `POST /{campaign|adset|ad id}/copies`: `{copied_*_id, ad_object_ids}`. Throws 100. */
export function copyObject(
  context: MetaContext,
  call: GraphCall,
  account: AdAccountWorld,
  source: Entity,
): GraphAnswer {
  const at = context.now().getTime();
  const { params } = call;
  const { kind } = source;
  if (kind === "creative" || account.status(source.plan, at) === null) {
    throw unsupportedObject(call.method, call.path.join("/"));
  }
  if (account.status(source.plan, at) === "DELETED") {
    throw invalidParameter("A deleted object cannot be copied");
  }
  const deep = params.yes("deep_copy") && kind !== "ad";
  if (deep && adsUnder(account, source, at) > MOST_ADS) {
    throw new GraphError(100, null, {
      message: `(#100) A synchronous copy holds at most ${MOST_ADS} ads`,
      title: "Copy request is too large",
      userMessage: `At most ${MOST_ADS} ads can be copied at once. Use an asynchronous request.`,
    });
  }
  const rename = params.json("rename_options", renameSchema) ?? renameSchema.parse({});
  const zone = account.options.plan.zone;
  const end = kind === "campaign" ? "stop_time" : "end_time";
  const spans = kind !== "ad" && (params.has("start_time") || params.has("end_time"));
  const options = {
    deep,
    status: oneOf(params, "status_option", ["PAUSED", "ACTIVE", "INHERITED_FROM_SOURCE"], "PAUSED"),
    parentId: newParent(account, source, params, at),
    span: spans ? givenSpan(params, end, at, zone) : {},
    name: (name: string, top: boolean) =>
      rename.rename_strategy === "NO_RENAME" ||
      (!top && rename.rename_strategy === "ONLY_TOP_LEVEL_RENAME")
        ? name
        : `${rename.rename_prefix}${name}${rename.rename_suffix ?? (rename.rename_prefix ? "" : " - Copy")}`,
  };
  const copied = copyTree(context, account, source, options);
  return {
    body: {
      [`copied_${kind}_id`]: copied[0]?.copiedId,
      ad_object_ids: copied.map((one) => ({
        ad_object_type: TYPES[one.kind],
        source_id: one.sourceId,
        copied_id: one.copiedId,
      })),
    },
  };
}

/** Where the copy hangs: beside its source, or where the call says. Throws 100. */
function newParent(
  account: AdAccountWorld,
  source: Entity,
  params: Params,
  at: number,
): string | null {
  if (source.kind === "ad") {
    return parentOf(
      account,
      account.all("adset"),
      params.text("adset_id") ?? source.plan.adSet.id,
      at,
    ).id;
  }
  if (source.kind !== "adset") return null;
  const { plan } = source;
  const campaign = parentOf(
    account,
    account.all("campaign"),
    params.text("campaign_id") ?? plan.campaign.id,
    at,
  );
  if ((plan.budget === null) !== (campaign.budget !== null)) throw budgetElsewhere();
  return campaign.id;
}

function adsUnder(account: AdAccountWorld, source: Entity, at: number): number {
  if (source.kind === "ad") return 1;
  return childrenOf(account, source, at).reduce((sum, one) => sum + adsUnder(account, one, at), 0);
}
