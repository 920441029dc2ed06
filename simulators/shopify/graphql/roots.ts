import type { GraphQLResolveInfo } from "graphql";
import { bulkMutations, bulkQueries } from "../bulk/api";
import { shopifyqlQuery } from "../shopifyql/root";
import { demandAccess, visibleOrders } from "./access";
import { type Found, findNodes, findOrders, type ListArguments, orderSource } from "./collections";
import { listSource, numberOfGid, type PageArguments, type PageSource } from "./connections";
import { notHeld, shopifyError } from "./errors";
import type { RequestContext } from "./request-context";
import { appInstallation, shopObject } from "./shop-object";

type RootField = (
  request: RequestContext,
  args: Record<string, unknown>,
  info: GraphQLResolveInfo,
) => unknown;

const id = (args: Record<string, unknown>): string => String(args.id);
const list = (args: Record<string, unknown>): ListArguments & PageArguments => args;

const queries: Record<string, RootField> = {
  shop: ({ shop }) => shopObject(shop),
  currentAppInstallation: ({ simulator, token }) => appInstallation(simulator, token.scopes),
  order: (request, args) => nodeOf(request, id(args), ["Order"]),
  customer: (request, args) => nodeOf(request, id(args), ["Customer"]),
  product: (request, args) => nodeOf(request, id(args), ["Product"]),
  productVariant: (request, args) => nodeOf(request, id(args), ["ProductVariant"]),
  node: (request, args) => nodeOf(request, id(args)),
  nodes: (request, args) => {
    const ids = Array.isArray(args.ids) ? args.ids : [];
    if (ids.length > 250) throw tooMany(ids.length);
    return ids.map((gid) => nodeOf(request, String(gid)));
  },
  orders: (request, args, info) => {
    const found = ordersOf(request, args, info);
    return orderSource(request.shop.data, found.items, list(args));
  },
  ordersCount: (request, args, info) => counted(ordersOf(request, args, info).items.length, args),
  customers: (request, args, info) => nodesOf(request, args, info, "customers"),
  customersCount: (request, args, info) =>
    counted(nodesOf(request, args, info, "customers").length, args),
  products: (request, args, info) => nodesOf(request, args, info, "products"),
  productsCount: (request, args, info) =>
    counted(nodesOf(request, args, info, "products").length, args),
  // Subscriptions declared in the app's TOML are not listed here, at Shopify neither.
  webhookSubscriptions: () => listSource([]),
  shopifyqlQuery,
  ...bulkQueries,
};

const mutations: Record<string, RootField> = { ...bulkMutations };

/** The value of a root field; throws for missing scopes and for what the stand-in does not hold. */
export function rootValue(
  request: RequestContext,
  args: Record<string, unknown>,
  info: GraphQLResolveInfo,
): unknown {
  const name = info.fieldName;
  const fields = info.operation.operation === "mutation" ? mutations : queries;
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (!field) throw notHeld(`${info.parentType.name}.${name}`);
  demandAccess(name, request.token.scopes);
  return field(request, args, info);
}

function ordersOf(
  request: RequestContext,
  args: Record<string, unknown>,
  info: GraphQLResolveInfo,
): Found<import("../store/types").OrderHead> {
  const visible = visibleOrders(request.token.scopes, request.simulator.now());
  return noted(request, info, findOrders(request.shop.data, list(args), visible));
}

function nodesOf(
  request: RequestContext,
  args: Record<string, unknown>,
  info: GraphQLResolveInfo,
  what: "customers" | "products",
): PageSource {
  const nodes = request.shop.data.store[what];
  return listSource(noted(request, info, findNodes(nodes, list(args), what)).items);
}

function noted<T>(request: RequestContext, info: GraphQLResolveInfo, found: Found<T>): Found<T> {
  if (found.search) request.search.push({ path: [info.path.key], ...found.search });
  return found;
}

/** A `Count`: exact up to the limit (10,000 unless told), else the limit and AT_LEAST. */
function counted(count: number, args: Record<string, unknown>): Record<string, unknown> {
  const limit = typeof args.limit === "number" ? args.limit : null;
  const over = limit !== null && count > limit;
  return { count: over ? limit : count, precision: over ? "AT_LEAST" : "EXACT" };
}

const ROOT_OF_TYPE: Record<string, string> = {
  Order: "order",
  Customer: "customer",
  Product: "product",
  ProductVariant: "productVariant",
};

function nodeOf(request: RequestContext, gid: string, only?: string[]): unknown {
  const type = /^gid:\/\/shopify\/(\w+)\//.exec(gid)?.[1] ?? "";
  if (only && !only.includes(type)) return null;
  const rootField = ROOT_OF_TYPE[type];
  const data = request.shop.data;
  if (type === "BulkOperation") return bulkQueries.bulkOperation(request, { id: gid });
  if (type === "Shop") return shopObject(request.shop);
  if (!rootField) throw notHeld(`nodes of type ${type}`);
  demandAccess(rootField, request.token.scopes);
  if (type !== "Order") return data.object(gid);
  const number = numberOfGid(gid) ?? 0;
  const head = data.head(number);
  const visible = visibleOrders(request.token.scopes, request.simulator.now());
  return head && (!visible || visible(head)) ? data.order(number) : null;
}

function tooMany(size: number): Error {
  return shopifyError(
    `The input array size of ${size} is greater than the maximum allowed of 250.`,
    "MAX_INPUT_SIZE_EXCEEDED",
  );
}
