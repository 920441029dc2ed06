import { gid } from "../ids";
import type { JourneyRecord, OrderRecord, VisitRecord } from "../records";
import type { PlainNode } from "../types";
import { instant } from "./context";

/** CustomerJourneySummary: null for orders without sessions, `ready: false` while it is worked out. */
export function journeyNode(record: OrderRecord): PlainNode | null {
  const { journey } = record;
  if (!journey) return null;
  if (!journey.ready) {
    return {
      ready: false,
      customerOrderIndex: null,
      daysToConversion: null,
      firstVisit: null,
      lastVisit: null,
      momentsCount: null,
      moments: null,
    };
  }
  const moments = visitsOf(journey);
  return {
    ready: true,
    customerOrderIndex: record.customerOrderIndex,
    daysToConversion: journey.days,
    firstVisit: visitNode(journey.first),
    lastVisit: visitNode(journey.last),
    momentsCount: { count: moments.length, precision: "EXACT" },
    moments: moments.map(visitNode),
  };
}

const LONG_THOUGHT_DAYS = 5;
/** Far above the ids of first and last visits. */
const BETWEEN_IDS = 500_000_000_000;

/** Who thinks it over for long looks in once more, half-way, by typing the address. */
function visitsOf(journey: Extract<JourneyRecord, { ready: true }>): VisitRecord[] {
  const { first, last } = journey;
  if (journey.moments === 1) return [last];
  if (journey.days < LONG_THOUGHT_DAYS) return [first, last];
  const between: VisitRecord = {
    id: first.id + BETWEEN_IDS,
    occurredAt: first.occurredAt + (last.occurredAt - first.occurredAt) / 2,
    landingPage: "https://shop.example/",
    referrerUrl: null,
    source: "direct",
    sourceType: null,
    utm: null,
  };
  return [first, between, last];
}

function visitNode(visit: VisitRecord): PlainNode {
  return {
    __typename: "CustomerVisit",
    id: gid("CustomerVisit", visit.id),
    occurredAt: instant(visit.occurredAt),
    landingPage: visit.landingPage,
    landingPageHtml: visit.landingPage,
    referrerUrl: visit.referrerUrl,
    referralCode: null,
    referralInfoHtml: visit.source,
    source: visit.source,
    sourceDescription: visit.source,
    sourceType: visit.sourceType,
    utmParameters: visit.utm,
    marketingEvent: null,
  };
}
