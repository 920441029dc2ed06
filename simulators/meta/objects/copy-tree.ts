import type { Entity } from "../accounts/entity";
import type { AdAccountWorld } from "../accounts/world";
import type { MetaContext } from "../context";
import { keep } from "./create";
import { objectNode } from "./nodes";

interface Copied {
  kind: Entity["kind"];
  sourceId: string;
  copiedId: string;
}

interface CopyOptions {
  /** Whether what hangs under the source is copied with it. */
  deep: boolean;
  status: string;
  parentId: string | null;
  /** Start and end of the topmost copy, where they differ from the source's. */
  span: Record<string, string>;
  name(name: string, top: boolean): string;
}

/** What a copy has of its own; everything else it shows as its source does. */
const OWN = ["id", "account_id", "name", "status", "configured_status", "effective_status"].concat(
  "created_time updated_time budget_remaining issues_info learning_stage_info".split(" "),
  "campaign campaign_id adset adset_id creative preview_shareable_link".split(" "),
);
const WRITTEN = ["daily_budget", "lifetime_budget", "bid_amount"];

/** Copies an object, and with `deep` its living children; the topmost comes first. */
export function copyTree(
  context: MetaContext,
  account: AdAccountWorld,
  source: Entity,
  options: CopyOptions,
): Copied[] {
  const at = context.now().getTime();
  const copied: Copied[] = [];
  const creatives = new Map<string, string>();
  const copyOne = (entity: Entity, parentId: string | null, creativeId: string | null) => {
    const node = objectNode(account, entity, at) ?? {};
    const top = copied.length === 0;
    const written: Record<string, string> = { name: String(node.name) };
    const shown: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(node)) {
      if (value === undefined || OWN.includes(name)) continue;
      if (WRITTEN.includes(name)) written[name] = String(value);
      else shown[name] = value;
    }
    if (entity.kind !== "creative") {
      const inherited = options.status === "INHERITED_FROM_SOURCE" && node.status === "ACTIVE";
      written.name = options.name(String(node.name), top);
      written.status = options.status === "ACTIVE" || inherited ? "ACTIVE" : "PAUSED";
      shown[`source_${entity.kind}_id`] = entity.plan.id;
      if (top) Object.assign(shown, options.span);
    }
    const { kind } = entity;
    const copiedId = keep(context, account, { kind, parentId, creativeId, written, shown });
    return { kind, sourceId: entity.plan.id, copiedId };
  };
  const creativeFor = (id: string): string | null => {
    const known = creatives.get(id);
    const entity = account.entity(id);
    if (known !== undefined || !entity) return known ?? null;
    const { copiedId } = copyOne(entity, null, null);
    creatives.set(id, copiedId);
    return copiedId;
  };
  const copy = (entity: Entity, parentId: string | null): void => {
    const creativeId = entity.kind === "ad" ? creativeFor(entity.plan.creative.id) : null;
    // Read before the copy is kept: it may hang beside what is being copied.
    const children = options.deep ? childrenOf(account, entity, at) : [];
    const one = copyOne(entity, parentId, creativeId);
    copied.push(one);
    for (const child of children) copy(child, one.copiedId);
  };
  copy(source, options.parentId);
  const made = [...creatives].map(([sourceId, copiedId]) => ({ sourceId, copiedId }));
  return [...copied, ...made.map((one) => ({ kind: "creative" as const, ...one }))];
}

/** What hangs under a campaign or an ad set and was neither archived nor deleted. */
export function childrenOf(account: AdAccountWorld, entity: Entity, at: number): Entity[] {
  const children: Entity[] =
    entity.kind === "campaign"
      ? account.all("adset").filter(({ plan }) => plan.campaign.id === entity.plan.id)
      : entity.kind === "adset"
        ? account.all("ad").filter(({ plan }) => plan.adSet.id === entity.plan.id)
        : [];
  return children.filter(
    (one) =>
      one.kind !== "creative" &&
      ["ACTIVE", "PAUSED"].includes(account.status(one.plan, at) ?? "DELETED"),
  );
}
