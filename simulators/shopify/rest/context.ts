import { DateTime } from "luxon";
import { minorDigits } from "../store/money";
import { toPresentment } from "../store/orders/payments";
import type { OrderRecord } from "../store/records";
import type { PlainNode, SimShop } from "../store/types";

/** What the builders of one order's REST bodies share. */
export interface RestContext {
  shop: SimShop;
  record: OrderRecord;
  /** `-05:00`: an instant on the shop's own clock. */
  time(at: number): string;
  timeOrNull(at: number | null): string | null;
  /** Shop money as REST writes it. */
  amount(minor: number): string;
  /** A money set: shop money, and presentment money at the order's rate. */
  set(minor: number): PlainNode;
}

export function restContext(shop: SimShop, record: OrderRecord): RestContext {
  const presentment = record.presentment?.currency ?? record.currency;
  const time = (at: number) => restTime(shop, at);
  return {
    shop,
    record,
    time,
    timeOrNull: (at) => (at === null ? null : time(at)),
    amount: (minor) => restAmount(minor, record.currency),
    set: (minor) => ({
      shop_money: { amount: restAmount(minor, record.currency), currency_code: record.currency },
      presentment_money: {
        amount: restAmount(toPresentment(record, minor), presentment),
        currency_code: presentment,
      },
    }),
  };
}

/** An instant with the shop's offset, whole seconds: `2026-01-31T23:59:00-05:00`. */
export function restTime(shop: SimShop, at: number): string {
  const local = DateTime.fromMillis(at, { zone: shop.ianaTimezone });
  return local.toFormat("yyyy-MM-dd'T'HH:mm:ssZZ");
}

/** All decimals of the currency: `55.00`, `1200` yen. */
export function restAmount(minor: number, currency: string): string {
  const digits = minorDigits(currency);
  const text = String(Math.abs(minor)).padStart(digits + 1, "0");
  const whole = text.slice(0, text.length - digits);
  const sign = minor < 0 ? "-" : "";
  return digits === 0 ? `${sign}${whole}` : `${sign}${whole}.${text.slice(-digits)}`;
}

export function restGid(type: string, id: number): string {
  return `gid://shopify/${type}/${id}`;
}
