import { metafieldSelection } from "./order-metafields";
import {
  AGREEMENT_FIELDS,
  DISCOUNT_APPLICATION_FIELDS,
  LINE_ITEM_FIELDS,
  ORDER_FIELDS,
  SALE_FIELDS,
  SHIPPING_LINE_FIELDS,
} from "./order-selection";

const PAGE = "pageInfo { hasNextPage endCursor }";

/**
 * First pages of an order's connections, sized for ordinary orders: a longer one is completed by
 * `MORE_OF_ORDER`, because a cut connection looks exactly like a short one.
 */
const orderNode = (metafields: readonly string[]) => `${ORDER_FIELDS}
${metafieldSelection(metafields)}
lineItems(first: 10) { ${PAGE} edges { node { ${LINE_ITEM_FIELDS} } } }
shippingLines(first: 3) { ${PAGE} edges { node { ${SHIPPING_LINE_FIELDS} } } }
discountApplications(first: 4) { ${PAGE} edges { node { ${DISCOUNT_APPLICATION_FIELDS} } } }
agreements(first: 5) { ${PAGE} edges { cursor node {
${AGREEMENT_FIELDS}
sales(first: 10) { ${PAGE} edges { node { ${SALE_FIELDS} } } }
} } }`;

/** One page of orders, whole, in the order asked for, with these metafields (`namespace.key`). */
export const ordersPage = (metafields: readonly string[]) =>
  `query OrdersPage($first: Int!, $after: String, $query: String, $sortKey: OrderSortKeys!, $reverse: Boolean!) {
orders(first: $first, after: $after, query: $query, sortKey: $sortKey, reverse: $reverse) {
${PAGE}
edges { cursor node { ${orderNode(metafields)} } }
} }`;

/** Orders by their global ids; an id that no longer exists answers null in its place. */
export const ordersById = (metafields: readonly string[]) => `query OrdersById($ids: [ID!]!) {
nodes(ids: $ids) { ... on Order { ${orderNode(metafields)} } }
}`;

/** The further pages of an order's connections, by the connection's name. */
export const MORE_OF_ORDER = {
  lineItems: moreOfOrder("lineItems", LINE_ITEM_FIELDS),
  shippingLines: moreOfOrder("shippingLines", SHIPPING_LINE_FIELDS),
  discountApplications: moreOfOrder("discountApplications", DISCOUNT_APPLICATION_FIELDS),
  agreements: moreOfOrder(
    "agreements",
    `${AGREEMENT_FIELDS} sales(first: 50) { ${PAGE} edges { node { ${SALE_FIELDS} } } }`,
  ),
} as const;

/**
 * The further pages of one agreement's sales. An agreement is no Node, so it is reached through its
 * order: `agreementAfter` is the cursor just before it, null for the first.
 */
export const MORE_SALES = `query MoreSales($id: ID!, $agreementAfter: String, $after: String) {
node(id: $id) { ... on Order { id agreements(first: 1, after: $agreementAfter) { edges { cursor node {
id sales(first: 100, after: $after) { ${PAGE} edges { node { ${SALE_FIELDS} } } }
} } } } } }`;

function moreOfOrder(connection: string, fields: string): string {
  return `query MoreOfOrder_${connection}($id: ID!, $after: String) {
node(id: $id) { ... on Order { id connection: ${connection}(first: 50, after: $after) {
${PAGE} edges { cursor node { ${fields} } }
} } } }`;
}

/** How many orders match a search, without the default limit of 10,000. */
export const ORDERS_COUNT = `query OrdersCount($query: String) {
ordersCount(query: $query, limit: null) { count precision }
}`;

/** When the first order was created: costs next to nothing. */
export const OLDEST_ORDER = `query OldestOrder {
orders(first: 1, sortKey: CREATED_AT) { edges { node { id createdAt } } }
}`;
