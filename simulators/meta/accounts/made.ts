import { z } from "zod";
import type { AdPlan, Budget, PlanCreative } from "../../ad-plan/types";
import type { MadeObject } from "../state";
import type { Entity } from "./entity";

/** What an ad of somebody's making weighs in the plan's sums: nothing, it never delivers. */
const SILENT = { index: -1, endDay: null, endStatus: "PAUSED" } as const;

const text = z.string().catch("");
const creativeShown = z.object({
  title: text,
  body: text,
  object_type: z.enum(["VIDEO", "SHARE"]).catch("SHARE"),
  video_id: z.string().nullable().catch(null),
  image_hash: text,
  link_url: text,
  url_tags: text,
});
const countriesShown = z.object({
  targeting: z.object({ geo_locations: z.object({ countries: z.array(z.string()) }) }),
});

/** A created object in the plan's shape, under the parents it names. Throws when one is missing. */
export function entityOfMade(
  made: MadeObject,
  world: { plan: AdPlan; entity(id: string): Entity | null },
): Entity {
  const { kind, id, written, shown } = made;
  const name = written.name ?? "";
  const common = { ...SILENT, id, name, startDay: world.plan.dayAt(made.at) };
  const parent = made.parentId === null ? null : world.entity(made.parentId);
  if (kind === "campaign") {
    const objective = String(shown.objective);
    const buyingType = shown.buying_type === "RESERVED" ? "RESERVED" : "AUCTION";
    const budget = budgetOf(written);
    return { kind, plan: { ...common, slug: name, objective, buyingType, budget, power: 0 } };
  }
  if (kind === "creative") return { kind, plan: creativeOf(made), ad: null };
  if (kind === "adset" && parent?.kind === "campaign") {
    const plan = {
      ...common,
      campaign: parent.plan,
      optimizationGoal: String(shown.optimization_goal),
      attribution: "7d_click_1d_view",
      budget: budgetOf(written),
      countries: countriesShown.safeParse(shown).data?.targeting.geo_locations.countries ?? [],
    } as const;
    return { kind, plan };
  }
  const creative = made.creativeId === null ? null : world.entity(made.creativeId);
  if (kind === "ad" && parent?.kind === "adset" && creative?.kind === "creative") {
    const plan = { ...common, adSet: parent.plan, creative: creative.plan, weight: 0, appeal: 0 };
    return { kind, plan };
  }
  throw new Error(`The made ${kind} ${id} names a parent or a creative that is not there`);
}

function budgetOf(written: Record<string, string>): Budget | null {
  const kind = written.lifetime_budget === undefined ? "daily" : "lifetime";
  const amount = written[`${kind}_budget`];
  return amount === undefined ? null : { kind, amount: Number(amount) };
}

function creativeOf({ id, written, shown }: MadeObject): PlanCreative {
  const read = creativeShown.parse(shown);
  return {
    id,
    name: written.name ?? "",
    title: read.title,
    body: read.body,
    format: read.object_type,
    videoId: read.video_id,
    imageHash: read.image_hash,
    linkUrl: read.link_url,
    urlTags: read.url_tags,
  };
}
