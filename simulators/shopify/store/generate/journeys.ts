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

/** How the buyer came: often unknown, now and then still being worked out by Shopify. */
export function drawJourney(random: Random, at: number, n: number): JourneyRecord | null {
  const kind = random.weighted([82, 16, 2]);
  if (kind === 1) return null;
  if (kind === 2) return { ready: false };
  const days = random.weighted([55, 12, 8, 6, 5, 4, 3, 3, 2, 2]);
  const last = visit(random, at - random.int(2, 45) * 60_000, n * 2 + 1);
  if (days === 0 && random.chance(0.6)) return { ready: true, first: last, last, moments: 1, days };
  const first = visit(random, at - days * DAY - random.int(50, 300) * 60_000, n * 2);
  return { ready: true, first, last, moments: 2, days };
}

function visit(random: Random, occurredAt: number, n: number): VisitRecord {
  const { channel } = CHANNELS[random.weighted(CHANNELS.map((entry) => entry.weight))] ?? DIRECT;
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
