import { createHash } from "node:crypto";
import type { Random } from "../shopify/store/random";
import { chanceOf } from "./chance";
import { dayNumber, dayText } from "./days";
import { currencyOffset } from "./money";
import { type AdSetTemplate, type CampaignTemplate, TEMPLATES } from "./templates";
import type {
  AdPlanOptions,
  Budget,
  PlanAd,
  PlanAdSet,
  PlanCampaign,
  PlanCreative,
  Span,
} from "./types";

export interface Structure {
  campaigns: PlanCampaign[];
  adSets: PlanAdSet[];
  ads: PlanAd[];
}

const HOOKS = ["Unboxing", "Founder", "Customer", "Studio", "Street", "Close-up", "Season"];

/** Every campaign, ad set and ad that the account ever has, in the order in which they are made. */
export function makeStructure(options: AdPlanOptions): Structure {
  const random = chanceOf(options.seed, 1);
  const structure: Structure = { campaigns: [], adSets: [], ads: [] };
  const first = dayNumber(options.from);
  const length = Math.max(1, dayNumber(options.to) - first);
  const at = (life: { start: number; end: number | null; endStatus: Span["endStatus"] }): Span => ({
    startDay: first + Math.round(life.start * length),
    endDay: life.end === null ? null : first + Math.max(1, Math.round(life.end * length)),
    endStatus: life.endStatus,
  });
  for (const template of TEMPLATES) addCampaign(structure, options, random, template, at);
  for (const [start, end] of blackFridays(first, first + length)) {
    const span: Span = { startDay: start, endDay: end, endStatus: "ARCHIVED" };
    addCampaign(structure, options, random, blackFriday(start), () => span);
  }
  return structure;
}

function addCampaign(
  structure: Structure,
  options: AdPlanOptions,
  random: Random,
  template: CampaignTemplate,
  at: (life: AdSetTemplate | CampaignTemplate) => Span,
): void {
  const index = structure.campaigns.length;
  const span = at(template);
  const cents = Math.round(options.scale * template.share * currencyOffset(options.currency));
  const lifetime = template.name.startsWith("Black Friday");
  const days = lifetime && span.endDay !== null ? span.endDay - span.startDay : 1;
  const amount = Math.max(1, cents) * days;
  const budget: Budget = { kind: lifetime ? "lifetime" : "daily", amount };
  const campaign: PlanCampaign = {
    ...span,
    id: numericId(options.seed, 1, index),
    index,
    name: template.name,
    slug: slugOf(template.name),
    objective: template.objective,
    buyingType: template.buyingType,
    budget: template.budgetAt === "campaign" ? budget : null,
    power: template.power,
  };
  structure.campaigns.push(campaign);
  for (const one of template.adSets) {
    const adSet: PlanAdSet = {
      ...within(at(one), span),
      id: numericId(options.seed, 2, structure.adSets.length),
      index: structure.adSets.length,
      campaign,
      name: one.name,
      optimizationGoal: one.goal,
      attribution: one.attribution,
      budget:
        template.budgetAt === "adset"
          ? { ...budget, amount: Math.max(1, Math.round(budget.amount / template.adSets.length)) }
          : null,
      countries: one.countries,
    };
    structure.adSets.push(adSet);
    for (let n = 0; n < one.ads; n += 1)
      structure.ads.push(makeAd(structure, options, random, adSet, n));
  }
}

function makeAd(
  structure: Structure,
  options: AdPlanOptions,
  random: Random,
  adSet: PlanAdSet,
  n: number,
): PlanAd {
  const index = structure.ads.length;
  const until = adSet.endDay ?? dayNumber(options.to);
  const length = Math.max(1, until - adSet.startDay);
  // The first ad of a set carries it; the others come later, and some are stopped.
  const startDay =
    n === 0 ? adSet.startDay : adSet.startDay + Math.floor(random.next() * length * 0.5);
  const stopped = n > 0 && random.chance(0.4);
  const video = adSet.optimizationGoal === "THRUPLAY" || random.chance(0.5);
  const name = `${video ? "Video" : "Image"} ${random.pick(HOOKS)} ${index + 1}`;
  return {
    ...within(
      {
        startDay,
        endDay: stopped ? startDay + Math.ceil((until - startDay) * 0.5) : null,
        endStatus: random.pick(["PAUSED", "PAUSED", "ARCHIVED", "DELETED"] as const),
      },
      adSet,
    ),
    id: numericId(options.seed, 3, index),
    index,
    adSet,
    name,
    creative: makeCreative(options, adSet, name, index, video),
    weight: 0.4 + random.next() * 1.6,
    appeal: 0.6 + random.next() * 0.9,
  };
}

function makeCreative(
  options: AdPlanOptions,
  adSet: PlanAdSet,
  name: string,
  index: number,
  video: boolean,
): PlanCreative {
  const page = ["/", "/collections/all", "/products/harbor-tee"][index % 3];
  return {
    id: numericId(options.seed, 4, index),
    name: `${name} creative`,
    title: `Made to last: ${name}`,
    body: `Free returns for 30 days. ${name}.`,
    format: video ? "VIDEO" : "SHARE",
    videoId: video ? numericId(options.seed, 5, index) : null,
    imageHash: createHash("md5").update(`${options.seed}:${index}`).digest("hex"),
    linkUrl: `https://shop.example${page}`,
    urlTags: `utm_source=facebook&utm_medium=paid_social&utm_campaign=${adSet.campaign.slug}&utm_content={{ad.id}}`,
  };
}

/** A child's life inside its parent's: where the parent ends first, the child keeps its own status. */
function within(span: Span, parent: Span): Span {
  const startDay = Math.max(span.startDay, parent.startDay);
  const endsFirst = span.endDay !== null && (parent.endDay === null || span.endDay < parent.endDay);
  return { startDay, endDay: endsFirst ? span.endDay : null, endStatus: span.endStatus };
}

/** Meta's ids lie above 2^53: whoever reads them as numbers loses digits. */
export function numericId(seed: number, kind: number, n: number): string {
  return `12021${String(seed % 1_000_000).padStart(6, "0")}${kind}${String(n + 11).padStart(6, "0")}`;
}

function slugOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, "-");
}

function blackFridays(first: number, last: number): [number, number][] {
  const years = [...new Set([dayText(first), dayText(last)].map((day) => Number(day.slice(0, 4))))];
  const all: number[] = [];
  for (let year = years[0] ?? 0; year <= (years.at(-1) ?? 0); year += 1) all.push(year);
  return all
    .map((year): [number, number] => [dayNumber(`${year}-11-20`), dayNumber(`${year}-12-02`)])
    .filter(([start]) => start >= first && start <= last);
}

function blackFriday(start: number): CampaignTemplate {
  const life = { start: 0, end: null, endStatus: "ARCHIVED" } as const;
  return {
    ...life,
    name: `Black Friday ${dayText(start).slice(0, 4)}`,
    objective: "OUTCOME_SALES",
    buyingType: "AUCTION",
    budgetAt: "campaign",
    share: 0.9,
    power: 1.4,
    adSets: [
      {
        ...life,
        name: "Everyone",
        goal: "VALUE",
        attribution: "7d_click_1d_view",
        countries: ["US", "CA"],
        ads: 3,
      },
    ],
  };
}
