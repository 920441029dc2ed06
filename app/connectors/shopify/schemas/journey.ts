import { z } from "zod";
import { count, counted, flag, instant, list, text } from "./primitives";

/** A visit that led to an order. */
export const visit = z.object({
  id: text,
  occurredAt: instant,
  landingPage: text,
  referrerUrl: text,
  referralCode: text,
  source: text,
  sourceDescription: text,
  sourceType: text,
  utmParameters: z
    .object({ source: text, medium: text, campaign: text, content: text, term: text })
    .nullish(),
});
export type Visit = z.infer<typeof visit>;

export const journey = z.object({
  ready: flag,
  customerOrderIndex: count,
  daysToConversion: count,
  momentsCount: counted,
  firstVisit: visit.nullish(),
  lastVisit: visit.nullish(),
  moments: list(visit),
});
