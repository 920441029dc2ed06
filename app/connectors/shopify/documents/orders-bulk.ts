import { metafieldSelection } from "./order-metafields";
import {
  AGREEMENT_FIELDS,
  DISCOUNT_APPLICATION_FIELDS,
  LINE_ITEM_FIELDS,
  ORDER_FIELDS,
  SALE_FIELDS,
  SHIPPING_LINE_FIELDS,
} from "./order-selection";

/**
 * A shop's orders come by two bulk operations side by side: at most 5 connections and 2 levels fit
 * into one. `search` narrows both (`updated_at:>='…'`); without it the whole history comes.
 */
export interface BulkWindow {
  search?: string;
  sortKey: "CREATED_AT" | "UPDATED_AT";
  /** Metafields of the order that the shop's settings ask for, `namespace.key`. */
  metafields?: readonly string[];
}

/** Orders with lines, shipping lines and discount applications: 4 connections, 2 levels. */
export function ordersBulkQuery(window: BulkWindow): string {
  return `{
orders(${orderArguments(window)}) { edges { node {
${ORDER_FIELDS}
${metafieldSelection(window.metafields ?? [])}
lineItems { edges { node { ${LINE_ITEM_FIELDS} } } }
shippingLines { edges { node { ${SHIPPING_LINE_FIELDS} } } }
discountApplications { edges { node { ${DISCOUNT_APPLICATION_FIELDS} } } }
} } }
}`;
}

/** The sales ledger: 3 connections, 2 levels below the orders. */
export function ledgerBulkQuery(window: BulkWindow): string {
  return `{
orders(${orderArguments(window)}) { edges { node {
__typename id updatedAt
agreements { edges { node {
${AGREEMENT_FIELDS}
sales { edges { node { ${SALE_FIELDS} } } }
} } }
} } }
}`;
}

function orderArguments({ search, sortKey }: BulkWindow): string {
  const query = search === undefined ? "" : `query: ${JSON.stringify(search)}, `;
  return `${query}sortKey: ${sortKey}`;
}
