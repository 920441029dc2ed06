import type { GraphQLResolveInfo } from "graphql";
import { bulkMutations, bulkQueries } from "../bulk/api";
import { isCustomerRoot, protectedDataLevel } from "../protected-data";
import { shopifyqlQuery } from "../shopifyql/root";
import type { OrderHead, PlainNode } from "../store/types";
import { demandAccess, visibleOrders } from "./access";
import { type Found, findNodes, findOrders, type ListArguments, orderSource } from "./collections";
import { listSource, numberOfGid, type PageArguments, textSource } from "./connections";
import { notHeld, shopifyError } from "./errors";
import { notApproved } from "./field-access";
import { isListName, LISTS } from "./lists";
import { isOrderPart, orderPart } from "./order-parts";
import type { RequestContext } from "./request-context";
import { appRevokeAccessScopes } from "./revoke-scopes";
import { appInstallation, shopObject } from "./shop-object";
import { listSubscriptions, subscriptionMutations } from "./webhook-subscriptions";

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
  inventoryItem: (request, args) => nodeOf(request, id(args), ["InventoryItem"]),
  collection: (request, args) => nodeOf(request, id(args), ["Collection"]),
  draftOrder: (request, args) => nodeOf(request, id(args), ["DraftOrder"]),
  giftCard: (request, args) => nodeOf(request, id(args), ["GiftCard"]),
  return: (request, args) => nodeOf(request, id(args), ["Return"]),
  refund: (request, args) => nodeOf(request, id(args), ["Refund"]),
  fulfillment: (request, args) => nodeOf(request, id(args), ["Fulfillment"]),
  location: (request, args) =>
    args.id ? nodeOf(request, id(args), ["Location"]) : request.shop.data.store.locations[0],
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
  ...nodeLists(),
  productTags: ({ shop }) => textSource(tagsOf(shop.data.store.products)),
  webhookSubscriptions: listSubscriptions,
  shopifyqlQuery,
  ...bulkQueries,
};

const mutations: Record<string, RootField> = {
  ...bulkMutations,
  ...subscriptionMutations,
  appRevokeAccessScopes,
};

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
  demandApproval(request, name);
  return field(request, args, info);
}

/** Customer data needs the app's approval: level 1 for all of it, level 2 for sales reports. */
function demandApproval(request: RequestContext, name: string): void {
  const level = protectedDataLevel(request.shop.state);
  if (level === 0 && isCustomerRoot(name)) throw notApproved(`access the ${name} field`);
  if (level < 2 && name === "shopifyqlQuery") throw notApproved(`access the ${name} field`);
}

function ordersOf(
  request: RequestContext,
  args: Record<string, unknown>,
  info: GraphQLResolveInfo,
): Found<OrderHead> {
  const visible = visibleOrders(request.token.scopes, request.simulator.now());
  return noted(request, info, findOrders(request.shop.data, list(args), visible));
}

/** Each list of whole nodes: the connection itself and its count. */
function nodeLists(): Record<string, RootField> {
  const fields: Record<string, RootField> = {};
  for (const name of Object.keys(LISTS)) {
    if (!isListName(name)) continue;
    const found = (...[request, args, info]: Parameters<RootField>) =>
      noted(request, info, findNodes(request.shop.data.store, list(args), name)).items;
    fields[name] = (...call) => listSource(found(...call));
    fields[`${name}Count`] = (...call) => counted(found(...call).length, call[1]);
  }
  return fields;
}

function tagsOf(nodes: PlainNode[]): string[] {
  const tags = nodes.flatMap((node) => (Array.isArray(node.tags) ? node.tags.map(String) : []));
  return [...new Set(tags)].sort();
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
  InventoryItem: "inventoryItem",
  Collection: "collection",
  Location: "location",
  DraftOrder: "draftOrder",
  GiftCard: "giftCard",
  Return: "return",
  Refund: "refund",
  Fulfillment: "fulfillment",
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
  demandApproval(request, rootField);
  const visible = visibleOrders(request.token.scopes, request.simulator.now());
  const isVisible = (orderId: number) => {
    const head = data.head(orderId);
    return head !== null && (!visible || visible(head));
  };
  if (isOrderPart(type)) {
    const found = orderPart(data, type, gid);
    return found && isVisible(found.orderId) ? found.node : null;
  }
  if (type !== "Order") return data.object(gid);
  const number = numberOfGid(gid) ?? 0;
  return isVisible(number) ? data.order(number) : null;
}

function tooMany(size: number): Error {
  return shopifyError(
    `The input array size of ${size} is greater than the maximum allowed of 250.`,
    "MAX_INPUT_SIZE_EXCEEDED",
  );
}
