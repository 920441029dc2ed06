import {
  defaultFieldResolver,
  execute,
  type GraphQLFieldResolver,
  getNamedType,
  isCompositeType,
  isObjectType,
  isRequiredArgument,
  parse,
  validate,
} from "graphql";
import { describe, expect, test } from "vitest";
import { adminSchema, isConnection } from "../graphql/schema";
import { generateStore } from "./generate";

const schema = adminSchema();

const store = generateStore({
  seed: 5,
  orders: 1200,
  days: 200,
  now: new Date("2026-11-20T12:00:00Z"),
  domain: "schema.myshopify.com",
  plan: "plus",
  currency: "USD",
  ianaTimezone: "America/New_York",
});
const orders = store.heads.map((head) => store.node(head.id));

/** As a server would: an array where the schema has a connection becomes that connection. */
const connecting: GraphQLFieldResolver<unknown, unknown> = (source, args, context, info) => {
  const value: unknown = defaultFieldResolver(source, args, context, info);
  return isConnection(info.returnType) && Array.isArray(value)
    ? { edges: value.map((node) => ({ node })) }
    : value;
};

function run(query: string, rootValue: unknown): string[] {
  const document = parse(query);
  expect(validate(schema, document).map((error) => error.message)).toEqual([]);
  const result = execute({ schema, document, rootValue, fieldResolver: connecting });
  if (result instanceof Promise) throw new Error("the stand-in's nodes hold no promises");
  return (result.errors ?? []).map((error) => `${error.path?.join(".")}: ${error.message}`);
}

/** Fields of a type that need no argument and are not deprecated: leaves, and money written out. */
function plainFields(typeName: string): string {
  const type = schema.getType(typeName);
  if (!isObjectType(type)) throw new Error(`${typeName} is no object type`);
  return Object.values(type.getFields())
    .filter((field) => !field.deprecationReason && !field.args.some(isRequiredArgument))
    .flatMap((field) => {
      const named = getNamedType(field.type);
      if (named.name === "MoneyBag") return [`${field.name}{${MONEY}}`];
      if (named.name === "MoneyV2") return [`${field.name}{amount currencyCode}`];
      if (named.name === "Count") return [`${field.name}{count precision}`];
      return isCompositeType(named) ? [] : [field.name];
    })
    .join(" ");
}
const MONEY = "shopMoney{amount currencyCode} presentmentMoney{amount currencyCode}";

/** Whole objects below an order, by field. */
const PARTS: [string, string][] = [
  [
    "transactions",
    `transactions{${plainFields("OrderTransaction")} fees{${plainFields("TransactionFee")}} parentTransaction{id}}`,
  ],
  [
    "fulfillments",
    `fulfillments{${plainFields("Fulfillment")} trackingInfo{number company url} fulfillmentLineItems(first:9){edges{node{${plainFields("FulfillmentLineItem")} lineItem{id}}}}}`,
  ],
  [
    "shippingLines",
    `shippingLines(first:9){edges{node{${plainFields("ShippingLine")} taxLines{${plainFields("TaxLine")}}}}}`,
  ],
  ["returns", `returns(first:9){edges{node{${plainFields("Return")}}}}`],
  [
    "people",
    `customer{${plainFields("Customer")} defaultEmailAddress{emailAddress marketingState} statistics{rfmGroup}} billingAddress{${plainFields("MailingAddress")}} shippingAddress{countryCodeV2} purchasingEntity{... on Customer{id}}`,
  ],
  [
    "small objects",
    "risk{recommendation assessments{riskLevel}} merchantBusinessEntity{id displayName primary archived} cancellation{staffNote} totalCashRoundingAdjustment{paymentSet{shopMoney{amount}} refundSet{shopMoney{amount}}} paymentCollectionDetails{additionalPaymentCollectionUrl} taxLines{title} currentTaxLines{rate}",
  ],
];

describe("order nodes answer the real schema", () => {
  test("every plain field of Order", () => {
    const query = `{ orders(first: 250) { edges { node { ${plainFields("Order")} } } } }`;
    expect(run(query, { orders })).toEqual([]);
  });

  test.each(PARTS)("%s whole", (_name, part) => {
    expect(run(`{ orders(first: 250) { edges { node { id ${part} } } } }`, { orders })).toEqual([]);
  });

  test("line items and refunds whole, with what they point at", () => {
    const query = `{ orders(first: 250) { edges { node { id
      lineItems(first: 50) { edges { node { ${plainFields("LineItem")} product { id title vendor } variant { id sku price inventoryItem { id unitCost { amount } } } duties { id price { ${MONEY} } }
        taxLines { ${plainFields("TaxLine")} } discountAllocations { allocatedAmountSet { ${MONEY} } discountApplication { index targetType } } } } }
      refunds { ${plainFields("Refund")} return { id }
        refundLineItems(first: 50) { edges { node { ${plainFields("RefundLineItem")} lineItem { id title } } } }
        refundShippingLines(first: 9) { edges { node { ${plainFields("RefundShippingLine")} shippingLine { id } } } }
        transactions(first: 9) { edges { node { id kind amountSet { ${MONEY} } } } }
        orderAdjustments(first: 9) { edges { node { ${plainFields("OrderAdjustment")} } } } } } } } }`;
    expect(run(query, { orders })).toEqual([]);
  });

  test("the ledger with the subject of every row", () => {
    const query = `{ orders(first: 250) { edges { node { id agreements(first: 50) { edges { node { __typename id happenedAt reason
      ... on OrderAgreement { order { id } } ... on RefundAgreement { refund { id } } ... on ReturnAgreement { return { id } }
      sales(first: 50) { edges { node { __typename id actionType lineType quantity totalAmount { ${MONEY} } totalTaxAmount { ${MONEY} }
        totalDiscountAmountBeforeTaxes { ${MONEY} } totalDiscountAmountAfterTaxes { ${MONEY} } taxes { id amount { ${MONEY} } taxLine { title rate } }
        ... on ProductSale { lineItem { id title } } ... on GiftCardSale { lineItem { id } } ... on TipSale { lineItem { id } }
        ... on ShippingLineSale { shippingLine { id title } } ... on DutySale { duty { id price { ${MONEY} } } }
        ... on FeeSale { fee { __typename id ... on RestockingFee { percentage amountSet { ${MONEY} } } } } } } } } } } } } } }`;
    expect(run(query, { orders })).toEqual([]);
  });

  test("the ready queries for discounts, journeys, customers and products", () => {
    const visit =
      "{ id occurredAt landingPage referrerUrl source sourceType utmParameters { source medium campaign content term } }";
    const query = `{ orders(first: 250) { edges { node { id
        discountApplications(first: 9) { edges { node { __typename index allocationMethod targetSelection targetType
          value { __typename ... on MoneyV2 { amount currencyCode } ... on PricingPercentageValue { percentage } }
          ... on DiscountCodeApplication { code } ... on AutomaticDiscountApplication { title } ... on ManualDiscountApplication { title description } } } }
        customerJourneySummary { ready customerOrderIndex daysToConversion firstVisit ${visit} lastVisit ${visit} moments(first: 9) { edges { node { occurredAt } } } } } } }
      customers(first: 250) { edges { node { ${plainFields("Customer")} defaultAddress { countryCodeV2 provinceCode } statistics { predictedSpendTier rfmGroup } } } }
      products(first: 250) { edges { node { id title handle vendor productType status createdAt updatedAt tags totalInventory
        variants(first: 9) { edges { node { ${plainFields("ProductVariant")} inventoryItem { id unitCost { amount currencyCode } tracked sku } } } } } } } }`;
    expect(run(query, { orders, customers: store.customers, products: store.products })).toEqual(
      [],
    );
  });
});
