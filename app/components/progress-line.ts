import { secondsLeft } from "~/sync/sync-state";
import { formatCount, formatDuration } from "./format";
import { progressOf } from "./phases";

interface Work {
  platform: "SHOPIFY" | "META";
  phase: string | null;
  done: number;
  total: number | null;
  /** Rows a second, as last measured. */
  rate: number | null;
}

/** "Reading your orders: 12,340 of 20,000 orders, about 4 minutes left"; with the speed on demand. */
export function progressLine(work: Work, locale: string, { speed = false } = {}): string {
  const { phase, done, total, rate } = work;
  const { words, orders } = progressOf(phase, done, total);
  const days = work.platform === "META" && total ? { done: Math.min(done, total), total } : null;
  const counted = orders ?? days;
  if (!counted) return `${words}…`;
  const amount = `${formatCount(counted.done, locale)} of ${formatCount(counted.total, locale)}`;
  const parts = [`${words}: ${amount} ${days ? "days" : "orders"}`];
  if (speed && rate && rate > 0) parts.push(`${formatCount(rate, locale)} a second`);
  const left = secondsLeft({ ...counted, rate });
  if (left) parts.push(`${formatDuration(left)} left`);
  return parts.join(", ");
}
