import { numericId } from "../../ad-plan/structure";
import type { Entity } from "../accounts/entity";
import type { AdAccountWorld } from "../accounts/world";
import type { MetaContext } from "../context";
import type { GraphAnswer, GraphCall } from "../graph/call";
import type { Params } from "../graph/params";
import { draftCreative } from "./draft-creative";
import { type Draft, draftAd, draftAdSet, draftCampaign } from "./drafts";

/** `POST /act_X/campaigns|adsets|ads|adcreatives`: `{id}`, or `{success}` of a dry run. Throws 100. */
export function createObject(
  context: MetaContext,
  call: GraphCall,
  account: AdAccountWorld,
  kind: Entity["kind"],
): GraphAnswer {
  const draft = draftOf(account, call.params, kind, context.now().getTime());
  if (call.params.list("execution_options").includes("validate_only")) {
    return { body: { success: true } };
  }
  return { body: { id: keep(context, account, draft) } };
}

/** Gives a new object its id, and remembers it over a restart. */
export function keep(context: MetaContext, account: AdAccountWorld, draft: Draft): string {
  const { made } = context.state.content;
  const accountId = account.options.id;
  // 7: the plan's own ids use 1 to 5.
  const id = numericId(account.options.plan.seed, 7, made.length);
  const one = { ...draft, accountId, id, at: context.now().getTime() };
  account.take(one);
  made.push(one);
  context.state.changed();
  return id;
}

function draftOf(account: AdAccountWorld, params: Params, kind: Entity["kind"], at: number): Draft {
  switch (kind) {
    case "campaign":
      return draftCampaign(account, params, at);
    case "adset":
      return draftAdSet(account, params, at);
    case "ad":
      return draftAd(account, params, at);
    case "creative":
      return draftCreative(params);
  }
}
