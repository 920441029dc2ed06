import type { RangeName } from "~/metrics/day-range";

/** What the range control offers, in its order. Types alone: the parser is for the server. */
export const RANGE_CHOICES: { value: RangeName; label: string }[] = [
  { value: "today", label: "Today" },
  { value: "yesterday", label: "Yesterday" },
  { value: "last_7", label: "Last 7 days" },
  { value: "last_30", label: "Last 30 days" },
  { value: "custom", label: "Custom" },
];

/** A range as people call it. */
export function rangeName(range: RangeName): string {
  return RANGE_CHOICES.find(({ value }) => value === range)?.label ?? "Custom";
}

/** The page's query with another range; what Shopify's frame needs of it stays. */
export function withRange(
  query: URLSearchParams,
  chosen: { range: RangeName; from?: string; to?: string },
): URLSearchParams {
  const next = new URLSearchParams(query);
  for (const name of [...USED_UP, "from", "to"]) next.delete(name);
  next.set("range", chosen.range);
  if (chosen.from && chosen.to) {
    next.set("from", chosen.from);
    next.set("to", chosen.to);
  }
  return next;
}

/** Proofs of the first request: App Bridge sends a fresh one with every other. */
const USED_UP = ["id_token", "hmac", "session", "timestamp"];
