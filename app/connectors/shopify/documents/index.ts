import { CANCEL_BULK, POLL_BULK, RECENT_BULKS, RUN_BULK } from "./bulk-operations";
import {
  DETAIL_CONNECTIONS,
  type DetailOwner,
  MORE_ORDER_DETAILS,
  moreDetails,
  ORDER_DETAILS,
} from "./order-details";
import { ORDER_IDS } from "./order-ids";
import { ledgerBulkQuery, ordersBulkQuery } from "./orders-bulk";
import {
  MORE_OF_ORDER,
  MORE_SALES,
  OLDEST_ORDER,
  ORDERS_COUNT,
  ordersById,
  ordersPage,
} from "./orders-pages";
import { SALES_REPORT } from "./sales-report";
import { SHOP } from "./shop";

const metafields = ["custom.order_kind", "my-fields.a_b"];
const window = {
  search: "updated_at:>='2026-01-01T00:00:00Z'",
  sortKey: "UPDATED_AT",
  metafields,
} as const;

/** Every document that the app sends as it stands, by name: what the schema tests go through. */
export const DOCUMENTS: Readonly<Record<string, string>> = {
  Shop: SHOP,
  OrdersPage: ordersPage(metafields),
  OrdersById: ordersById([]),
  OrdersCount: ORDERS_COUNT,
  OldestOrder: OLDEST_ORDER,
  OrderIds: ORDER_IDS,
  SalesReport: SALES_REPORT,
  MoreLineItems: MORE_OF_ORDER.lineItems,
  MoreShippingLines: MORE_OF_ORDER.shippingLines,
  MoreDiscountApplications: MORE_OF_ORDER.discountApplications,
  MoreAgreements: MORE_OF_ORDER.agreements,
  MoreSales: MORE_SALES,
  OrderDetails: ORDER_DETAILS,
  MoreReturns: MORE_ORDER_DETAILS.returns,
  MoreMoments: MORE_ORDER_DETAILS.moments,
  ...moreOfDetails(),
  RunBulk: RUN_BULK,
  PollBulk: POLL_BULK,
  CancelBulk: CANCEL_BULK,
  RecentBulks: RECENT_BULKS,
};

/** Every query that is handed to a bulk operation, by name. */
export const BULK_DOCUMENTS: Readonly<Record<string, string>> = {
  OrdersHistory: ordersBulkQuery({ sortKey: "CREATED_AT" }),
  LedgerHistory: ledgerBulkQuery({ sortKey: "CREATED_AT" }),
  OrdersWindow: ordersBulkQuery(window),
  LedgerWindow: ledgerBulkQuery(window),
};

function moreOfDetails(): Record<string, string> {
  const documents: Record<string, string> = {};
  for (const owner of Object.keys(DETAIL_CONNECTIONS) as DetailOwner[]) {
    for (const [name, fields] of Object.entries(DETAIL_CONNECTIONS[owner])) {
      documents[`More_${owner}_${name}`] = moreDetails(owner, name, fields);
    }
  }
  return documents;
}
