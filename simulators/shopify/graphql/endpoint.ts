import { randomUUID } from "node:crypto";
import type { Request, Response } from "express";
import { execute, type GraphQLError } from "graphql";
import type { KnownShop, SimulatorContext } from "../context";
import type { AccessToken } from "../oauth/token-types";
import { actualCost, type CostInput, requestedCost } from "./cost";
import { type ParsedDocument, readDocument } from "./document";
import type { RequestContext } from "./request-context";
import { resolveField, resolveType } from "./resolve";
import type { ThrottleStatus } from "./throttle";
import { variableErrors } from "./variables";

const SINGLE_QUERY_MAX = 1_000;
const RATE_DOC = "https://shopify.dev/api/usage/rate-limits";

/** What was posted, and to which version. */
interface Call {
  text: string;
  variables: Record<string, unknown>;
  version: string;
}

interface GraphqlAnswer {
  operation: string;
  body: Record<string, unknown>;
}

/** `POST /admin/api/:version/graphql.json` of a shop whose token was found good. */
export async function answerGraphql(
  context: SimulatorContext,
  shop: KnownShop,
  token: AccessToken,
  request: Request,
  response: Response,
): Promise<string> {
  const version = request.params.version ?? "2026-01";
  const { operation, body } = await graphqlAnswer(context, shop, token, {
    posted: request.body,
    version,
  });
  response.set("X-Request-Id", randomUUID());
  response.set("X-Shopify-API-Version", version);
  response.json(body);
  return operation;
}

async function graphqlAnswer(
  context: SimulatorContext,
  shop: KnownShop,
  token: AccessToken,
  { posted, version }: { posted: unknown; version: string },
): Promise<GraphqlAnswer> {
  const given = typeof posted === "object" && posted !== null ? posted : {};
  const text: unknown = Reflect.get(given, "query");
  const variables: Record<string, unknown> = Reflect.get(given, "variables") ?? {};
  const name: unknown = Reflect.get(given, "operationName");
  if (typeof text !== "string") {
    const message = "Required parameter missing or invalid: query";
    return { operation: "-", body: { errors: { query: message } } };
  }
  const read = readDocument(context.schema, text, typeof name === "string" ? name : null);
  if (Array.isArray(read)) return { operation: "-", body: { errors: read.map(errorJson) } };
  const operation = read.operation.name?.value ?? firstField(read);
  const wrong = variableErrors(context.schema, read.operation, variables);
  if (wrong.length > 0) return { operation, body: { errors: wrong.map(errorJson) } };
  return {
    operation,
    body: await charged(context, shop, token, read, { text, variables, version }),
  };
}

async function charged(
  simulator: SimulatorContext,
  shop: KnownShop,
  token: AccessToken,
  read: ParsedDocument,
  call: Call,
): Promise<Record<string, unknown>> {
  const { variables } = call;
  const { schema, buckets } = simulator;
  const cost: CostInput = {
    schema,
    variables,
    operation: read.operation,
    fragments: read.fragments,
  };
  const { domain, plan } = shop.data.shop;
  const requested = requestedCost(cost);
  if (requested > SINGLE_QUERY_MAX) return { errors: [tooCostly(requested)] };
  const status = () => buckets.status(domain, plan);
  const fault = simulator.faults.take(domain, ["throttled"], call.text);
  if (fault || !buckets.take(domain, plan, requested)) {
    const extensions = { code: "THROTTLED", documentation: RATE_DOC };
    return {
      errors: [{ message: "Throttled", extensions }],
      extensions: {
        cost: {
          requestedQueryCost: requested,
          actualQueryCost: null,
          throttleStatus: fault ? drained(status(), requested) : status(),
        },
      },
    };
  }
  const request: RequestContext = { simulator, shop, token, version: call.version, search: [] };
  const result = await execute({
    schema,
    document: read.document,
    operationName: read.operation.name?.value,
    contextValue: request,
    variableValues: variables,
    fieldResolver: resolveField,
    typeResolver: resolveType,
  });
  const actual = result.data
    ? Math.min(requested, actualCost(cost, result.data))
    : Math.min(requested, 1);
  buckets.settle(domain, plan, requested - actual);
  return {
    ...(result.errors ? { errors: result.errors.map(errorJson) } : {}),
    data: result.data ?? null,
    extensions: {
      cost: { requestedQueryCost: requested, actualQueryCost: actual, throttleStatus: status() },
      ...(request.search.length > 0 ? { search: request.search } : {}),
    },
  };
}

/** The status that a throttled call would see: less in the bucket than it asked for. */
function drained(status: ThrottleStatus, requested: number): ThrottleStatus {
  const left = Math.max(0, requested - 1);
  return { ...status, currentlyAvailable: Math.min(status.currentlyAvailable, left) };
}

function firstField({ operation }: ParsedDocument): string {
  const first = operation.selectionSet.selections[0];
  return first?.kind === "Field" ? first.name.value : operation.operation;
}

function tooCostly(cost: number): Record<string, unknown> {
  return {
    message: `Query cost is ${cost}, which exceeds the single query max cost limit (${SINGLE_QUERY_MAX}).`,
    extensions: {
      code: "MAX_COST_EXCEEDED",
      cost,
      maxCost: SINGLE_QUERY_MAX,
      documentation: RATE_DOC,
    },
  };
}

function errorJson(error: GraphQLError): Record<string, unknown> {
  const { message, locations, path, extensions } = error;
  return { message, ...(locations ? { locations } : {}), ...(path ? { path } : {}), extensions };
}
