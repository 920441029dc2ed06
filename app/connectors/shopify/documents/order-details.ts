import { BAG, BAG_WITH_CURRENCY, VISIT } from "./order-selection";

/**
 * What a bulk query cannot reach of an order, because it hangs in a list or a single object: read
 * by id, some orders at a time. First pages are sized for ordinary refunds and parcels; a longer
 * one is completed by `MORE_DETAILS`, because a cut connection looks exactly like a short one.
 */
const PAGE = "pageInfo { hasNextPage endCursor }";
const MORE = 50;

const REFUND_LINE_ITEM = `id quantity restockType restocked lineItem { id } location { id }
priceSet ${BAG_WITH_CURRENCY} subtotalSet ${BAG} totalTaxSet ${BAG}`;
const ORDER_ADJUSTMENT = `id reason amountSet ${BAG_WITH_CURRENCY} taxAmountSet ${BAG}`;
const REFUND_SHIPPING_LINE = `id shippingLine { id } subtotalAmountSet ${BAG_WITH_CURRENCY} taxAmountSet ${BAG}`;
const FULFILLMENT_LINE_ITEM = `id quantity lineItem { id } originalTotalSet ${BAG_WITH_CURRENCY} discountedTotalSet ${BAG}`;
const FULFILLMENT_EVENT =
  "id status happenedAt createdAt estimatedDeliveryAt message city province country zip";

const RETURN_LINE_ITEM = `__typename id quantity processableQuantity processedQuantity unprocessedQuantity
refundableQuantity refundedQuantity returnReasonNote customerNote
returnReasonDefinition { id handle name }
... on ReturnLineItem { fulfillmentLineItem { id lineItem { id } } totalWeight { unit value }
withCodeDiscountedTotalPriceSet ${BAG_WITH_CURRENCY}
restockingFee { id percentage amountSet ${BAG_WITH_CURRENCY} } }
... on UnverifiedReturnLineItem { unitPrice { amount currencyCode } }`;
const EXCHANGE_LINE_ITEM =
  "id quantity processableQuantity processedQuantity unprocessedQuantity variantId lineItems { id }";
const RETURN = `id name status createdAt closedAt requestApprovedAt totalQuantity
decline { reason note } returnShippingFees { id amountSet ${BAG_WITH_CURRENCY} }`;

const connection = (name: string, first: number, fields: string) =>
  `${name}(first: ${first}) { ${PAGE} edges { node { ${fields} } } }`;

/** Connections below an order's refunds, fulfilments and returns: the owner's type, and what of a node is read. */
export const DETAIL_CONNECTIONS = {
  Refund: {
    refundLineItems: REFUND_LINE_ITEM,
    orderAdjustments: ORDER_ADJUSTMENT,
    refundShippingLines: REFUND_SHIPPING_LINE,
    transactions: "id",
  },
  Fulfillment: {
    fulfillmentLineItems: FULFILLMENT_LINE_ITEM,
    events: FULFILLMENT_EVENT,
  },
  Return: {
    returnLineItems: RETURN_LINE_ITEM,
    exchangeLineItems: EXCHANGE_LINE_ITEM,
    refunds: "id",
  },
} as const satisfies Record<string, Record<string, string>>;

export type DetailOwner = keyof typeof DETAIL_CONNECTIONS;

const connectionsOf = (owner: DetailOwner, first: number) =>
  Object.entries(DETAIL_CONNECTIONS[owner])
    .map(([name, fields]) => connection(name, first, fields))
    .join("\n");

/**
 * Refund lines, parcels' lines and events, every visit, and returns. Returns need read_returns,
 * which a shop may not have granted: `$returns` leaves them out.
 */
export const ORDER_DETAILS = `query OrderDetails($ids: [ID!]!, $returns: Boolean!) {
nodes(ids: $ids) { ... on Order { id updatedAt currencyCode presentmentCurrencyCode
refunds { id ${connectionsOf("Refund", 10)} }
fulfillments { id ${connectionsOf("Fulfillment", 10)} }
customerJourneySummary { ${connection("moments", 10, `... on CustomerVisit ${VISIT}`)} }
returns(first: 5) @include(if: $returns) { ${PAGE} edges { node { ${RETURN} ${connectionsOf("Return", 10)} } } }
} } }`;

/** The further pages of what hangs below an order itself. */
export const MORE_ORDER_DETAILS = {
  returns: `query MoreReturns($id: ID!, $after: String) {
node(id: $id) { ... on Order { id connection: returns(first: ${MORE}, after: $after) {
${PAGE} edges { node { ${RETURN} ${connectionsOf("Return", 10)} } } } } } }`,
  moments: `query MoreMoments($id: ID!, $after: String) {
node(id: $id) { ... on Order { id customerJourneySummary { connection: moments(first: ${MORE}, after: $after) {
${PAGE} edges { node { ... on CustomerVisit ${VISIT} } } } } } } }`,
} as const;

/** The further pages of a connection below a refund, a fulfilment or a return. */
export function moreDetails(owner: DetailOwner, name: string, fields: string): string {
  return `query MoreDetails_${owner}_${name}($id: ID!, $after: String) {
node(id: $id) { ... on ${owner} { id connection: ${name}(first: ${MORE}, after: $after) {
${PAGE} edges { node { ${fields} } } } } } }`;
}
