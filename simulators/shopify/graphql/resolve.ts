import {
  type GraphQLFieldResolver,
  type GraphQLTypeResolver,
  getNullableType,
  isListType,
} from "graphql";
import { visibleOrders } from "./access";
import { fieldByArguments } from "./arguments";
import { findOrders, orderSource } from "./collections";
import {
  listSource,
  numberOfGid,
  type PageArguments,
  type PageSource,
  pageOf,
} from "./connections";
import { notHeld } from "./errors";
import { demandField } from "./field-access";
import type { RequestContext } from "./request-context";
import { rootValue } from "./roots";
import { isConnection } from "./schema";

type Arguments = Record<string, unknown> & PageArguments;

/** Reads a field of a plain node: connections are paged, lists cut to `first`, gaps are errors. */
export const resolveField: GraphQLFieldResolver<unknown, RequestContext, Arguments> = (
  source,
  args,
  request,
  info,
) => {
  const isRoot = info.path.prev === undefined;
  const value = isRoot
    ? rootValue(request, args, info)
    : nodeField(source, info.fieldName, info.parentType.name, request, args);
  if (value === null || value === undefined) return value;
  if (isConnection(info.returnType)) {
    return pageOf(Array.isArray(value) ? listSource(value) : (value as PageSource), args);
  }
  const cut = Array.isArray(value) && isListType(getNullableType(info.returnType));
  return cut && typeof args.first === "number" ? value.slice(0, args.first) : value;
};

export const resolveType: GraphQLTypeResolver<unknown, RequestContext> = (value) => {
  const name =
    typeof value === "object" && value !== null ? Reflect.get(value, "__typename") : null;
  return typeof name === "string" ? name : undefined;
};

function nodeField(
  source: unknown,
  name: string,
  typeName: string,
  request: RequestContext,
  args: Arguments,
): unknown {
  if (typeof source !== "object" || source === null) return undefined;
  if (typeName === "Customer" && name === "orders") {
    demandField(request, typeName, name);
    const customer = numberOfGid(Reflect.get(source, "id"));
    const visible = visibleOrders(request.token.scopes, request.simulator.now());
    const own = { ...args, query: `customer_id:${customer}` };
    const found = findOrders(request.shop.data, own, visible);
    return orderSource(request.shop.data, found.items, own);
  }
  demandField(request, typeName, name);
  const byArguments = fieldByArguments(request.shop.data, source, name, args);
  if (byArguments !== undefined) return byArguments;
  const value = request.shop.data.field(source, name);
  if (value === undefined) throw notHeld(`${typeName}.${name}`);
  return value;
}
