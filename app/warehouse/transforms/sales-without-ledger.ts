import type { OrderDocument } from "~/connectors/shopify/order-schemas";
import { currencyDigits } from "~/lib/money";
import { orderCurrency } from "./order-currency";
import type { SaleRow } from "./sale-rows";
import { bookThing } from "./without-ledger/booked";
import type { Entry } from "./without-ledger/entries";
import { fillDiscounts } from "./without-ledger/fill-discounts";
import { fillTaxes, type Taxed, taxesIncluded } from "./without-ledger/fill-taxes";
import { goneEntries } from "./without-ledger/gone";
import { refundEntries } from "./without-ledger/refunded";
import { RestOfThings } from "./without-ledger/rest-of-things";
import { returnFeeEntries } from "./without-ledger/return-fees";
import { saleIdOf } from "./without-ledger/sale-ids";
import { shopAmount } from "./without-ledger/shares";
import { soldThings } from "./without-ledger/sold-things";
import { restOfCurrent, restOfPlaced } from "./without-ledger/unexplained";

/**
 * `order_sales` rows of a document that holds no ledger, made of its lines and refunds by the
 * ledger's meaning (docs/decisions/023): exact to the cent, in shop money, what the document's totals
 * state and its lines do not explain as UNKNOWN. Null where it does not hold enough to tell: no
 * lines, no price of one, no day, no currency. Refund lines must stand in the document.
 */
export function salesWithoutLedger(orderId: string, doc: OrderDocument): SaleRow[] | null {
  const currency = orderCurrency(doc);
  const placedAt = doc.processedAt ?? doc.createdAt;
  if (!currency || !placedAt) return null;
  const digits = currencyDigits(currency);
  const stated = statedThings(orderId, doc, digits);
  if (!stated) return null;
  const { things, included, assumed } = stated;
  const rest = new RestOfThings(digits);
  const placed = things.map((thing): Entry => {
    const booked = bookThing(thing, included, digits);
    rest.add(thing, booked);
    const { key, type, id, quantity } = thing;
    const at = placedAt;
    return {
      ...booked,
      key,
      type,
      id,
      quantity,
      at,
      agreement: "OrderAgreement",
      action: "ORDER",
      refundId: null,
    };
  });
  const unexplained = restOfPlaced(orderId, doc, placed, placedAt);
  if (assumed && unexplained.length > 0) return null;
  const sold = { things, rest, included, placedAt, digits };
  const refunded = refundEntries(doc, sold);
  const gone = goneEntries(orderId, doc, sold, refunded);
  const entries = [...placed, ...unexplained, ...refunded, ...gone, ...returnFeeEntries(doc)];
  const all = [...entries, ...restOfCurrent(orderId, doc, entries, placedAt)];
  const rows = all.map((entry) => saleRow(orderId, currency, entry));
  return new Set(rows.map((row) => row.sale_id)).size === rows.length ? rows : null;
}

/** What was sold, nothing missing; `assumed`: what no total states was taken for none. */
function statedThings(
  orderId: string,
  doc: OrderDocument,
  digits: number,
): { things: Taxed[]; included: boolean; assumed: boolean } | null {
  const things = soldThings(orderId, doc);
  const discounted = things && fillDiscounts(doc, things, digits);
  const taxed = discounted && fillTaxes(doc, discounted.things, digits);
  if (!taxed) return null;
  const total = shopAmount(doc.totalPriceSet);
  const included = taxesIncluded(doc, taxed.things, total);
  const assumed = discounted.assumed || taxed.assumed;
  if (included === null || (assumed && !total)) return null;
  return { things: taxed.things, included, assumed };
}

function saleRow(orderId: string, currency: string, entry: Entry): SaleRow {
  const { type, id, refundId } = entry;
  const isLine = type === "PRODUCT" || type === "GIFT_CARD" || type === "TIP";
  return {
    sale_id: saleIdOf(entry.key),
    order_id: orderId,
    agreement_id: `-${refundId ?? orderId}`,
    agreement_type: entry.agreement,
    agreement_reason: null,
    refund_id: refundId,
    action_type: entry.action,
    line_type: type,
    quantity: entry.quantity,
    line_item_id: isLine ? id : null,
    shipping_line_id: type === "SHIPPING" ? id : null,
    duty_id: type === "DUTY" ? id : null,
    fee_id: type === "FEE" || type === "ADDITIONAL_FEE" ? id : null,
    occurred_at: entry.at,
    total_amount: entry.amount.toFixed(),
    total_amount_presentment: null,
    total_tax_amount: entry.tax.toFixed(),
    total_tax_amount_presentment: null,
    total_discount_before_taxes: entry.discount.toFixed(),
    total_discount_before_taxes_presentment: null,
    total_discount_after_taxes: entry.discountAfterTaxes.toFixed(),
    total_discount_after_taxes_presentment: null,
    currency,
  };
}
