import { createHash } from "node:crypto";
import type { AdClick } from "../../../ad-plan/ad-clicks";
import { numberedId } from "../ids";
import type { Random } from "../random";
import type { JourneyRecord, VisitRecord } from "../records";

const DAY = 86_400_000;

type Channel = Pick<VisitRecord, "source" | "sourceType" | "referrerUrl" | "utm">;

const CHANNELS: { weight: number; channel: Channel }[] = [
  {
    weight: 30,
    channel: {
      source: "facebook",
      sourceType: "AD",
      referrerUrl: "https://l.facebook.com/",
      utm: {
        source: "facebook",
        medium: "paid_social",
        campaign: "prospecting-broad",
        content: "video-a",
        term: null,
      },
    },
  },
  {
    weight: 14,
    channel: {
      source: "instagram",
      sourceType: "AD",
      referrerUrl: "https://l.instagram.com/",
      utm: {
        source: "instagram",
        medium: "paid_social",
        campaign: "retargeting-30d",
        content: "carousel",
        term: null,
      },
    },
  },
  {
    weight: 16,
    channel: {
      source: "google",
      sourceType: "SEO",
      referrerUrl: "https://www.google.com/",
      utm: null,
    },
  },
  {
    weight: 10,
    channel: {
      source: "google",
      sourceType: "AD",
      referrerUrl: "https://www.google.com/",
      utm: { source: "google", medium: "cpc", campaign: "brand", content: null, term: "shop name" },
    },
  },
  {
    weight: 12,
    channel: {
      source: "email",
      sourceType: "NEWSLETTER",
      referrerUrl: null,
      utm: {
        source: "klaviyo",
        medium: "email",
        campaign: "weekly-letter",
        content: null,
        term: null,
      },
    },
  },
  { weight: 18, channel: { source: "direct", sourceType: null, referrerUrl: null, utm: null } },
];

/** Ads of the plan stand in their own journeys: beside them nobody comes by another campaign of Meta. */
const WITHOUT_META = CHANNELS.filter(({ channel }) => channel.utm?.medium !== "paid_social");

/** How the buyer came: often unknown, now and then still being worked out by Shopify. */
export function drawJourney(
  random: Random,
  at: number,
  n: number,
  ads: { click: AdClick | null } | null = null,
): JourneyRecord | null {
  if (ads?.click) return adJourney(random, at, n, ads.click);
  const channels = ads ? WITHOUT_META : CHANNELS;
  const kind = random.weighted([82, 16, 2]);
  if (kind === 1) return null;
  if (kind === 2) return { ready: false };
  const days = random.weighted([55, 12, 8, 6, 5, 4, 3, 3, 2, 2]);
  const last = visit(random, channels, at - random.int(2, 45) * 60_000, n * 2 + 1);
  if (days === 0 && random.chance(0.6)) return { ready: true, first: last, last, moments: 1, days };
  const from = at - days * DAY - random.int(50, 300) * 60_000;
  const first = visit(random, channels, from, n * 2);
  return { ready: true, first, last, moments: 2, days };
}

/**
 * Began with a click on an ad. Who buys soon has that one visit; who thinks it over comes back by
 * another way. Now and then Shopify has not worked it out, or the browser told it nothing.
 */
function adJourney(random: Random, at: number, n: number, click: AdClick): JourneyRecord | null {
  const kind = random.weighted([90, 8, 2]);
  if (kind === 1) return null;
  if (kind === 2) return { ready: false };
  const first = adVisit(click, n * 2);
  const days = Math.floor((at - click.clickedAt) / DAY);
  if (at - click.clickedAt < DAY / 8 || random.chance(0.4)) {
    return { ready: true, first, last: first, moments: 1, days };
  }
  const back = Math.max(click.clickedAt + 60_000, at - random.int(2, 45) * 60_000);
  return {
    ready: true,
    first,
    last: visit(random, WITHOUT_META, back, n * 2 + 1),
    moments: 2,
    days,
  };
}

function adVisit({ ad, clickedAt }: AdClick, n: number): VisitRecord {
  const { campaign } = ad.adSet;
  const tags = ad.creative.urlTags.replace("{{ad.id}}", ad.id);
  const fbclid = createHash("sha256").update(`${ad.id}:${clickedAt}`).digest("base64url");
  return {
    id: numberedId("CustomerVisit", n),
    occurredAt: clickedAt,
    landingPage: `${ad.creative.linkUrl}?${tags}&fbclid=IwY2xjaw${fbclid}`,
    referrerUrl: "https://l.facebook.com/",
    source: "facebook",
    sourceType: "AD",
    utm: {
      source: "facebook",
      medium: "paid_social",
      campaign: campaign.slug,
      content: ad.id,
      term: null,
    },
  };
}

function visit(
  random: Random,
  channels: typeof CHANNELS,
  occurredAt: number,
  n: number,
): VisitRecord {
  const { channel } = channels[random.weighted(channels.map((entry) => entry.weight))] ?? DIRECT;
  const query = channel.utm
    ? `?utm_source=${channel.utm.source}&utm_medium=${channel.utm.medium}&utm_campaign=${channel.utm.campaign}`
    : "";
  const page = random.pick(["/", "/collections/all", "/products/harbor-tee"]);
  return {
    id: numberedId("CustomerVisit", n),
    occurredAt,
    landingPage: `https://shop.example${page}${query}`,
    ...channel,
  };
}

const DIRECT = { channel: { source: "direct", sourceType: null, referrerUrl: null, utm: null } };
