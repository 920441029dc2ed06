import { gid } from "../ids";
import type { OrderRecord, VisitRecord } from "../records";
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
  const moments = journey.moments === 1 ? [journey.last] : [journey.first, journey.last];
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
