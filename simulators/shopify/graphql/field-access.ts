import { type FieldNode, type GraphQLCompositeType, getNamedType, isCompositeType } from "graphql";
import { isPersonalField, protectedDataLevel } from "../protected-data";
import { granted } from "./access";
import { accessDenied, shopifyError } from "./errors";
import type { RequestContext } from "./request-context";
import { type DocumentScope, definitionOf, fieldsOf } from "./selections";

/** Scopes that a field needs beside those of the root it was reached from. */
const FIELD_SCOPES: Record<string, string> = {
  "Order.customer": "read_customers",
  "DraftOrder.customer": "read_customers",
  "Order.returns": "read_returns",
  "Refund.return": "read_returns",
  "ReturnAgreement.return": "read_returns",
  "LineItem.product": "read_products",
  "LineItem.variant": "read_products",
  "InventoryItem.inventoryLevels": "read_inventory",
  "Location.inventoryLevels": "read_inventory",
  "CustomerVisit.marketingEvent": "read_marketing_events",
  "Customer.orders": "read_orders",
};

/** Throws where the token, or the app's approval for customer data, does not reach a field. */
export function demandField(request: RequestContext, type: string, field: string): void {
  const scope = FIELD_SCOPES[`${type}.${field}`];
  if (scope && !granted(scope, request.token.scopes)) throw accessDenied(field, scope);
  if (protectedDataLevel(request.shop.state) < 2 && isPersonalField(type, field)) {
    throw notApproved(`use the ${field} field`);
  }
}

/** The same for a whole selection before a bulk query reads it: one missing scope fails all of it. */
export function demandFields(
  scope: DocumentScope,
  field: FieldNode,
  parent: GraphQLCompositeType,
  scopes: string[],
): void {
  const wanted = FIELD_SCOPES[`${parent.name}.${field.name.value}`];
  if (wanted && !granted(wanted, scopes)) throw accessDenied(field.name.value, wanted);
  const below = getNamedType(definitionOf(parent, field.name.value)?.type);
  if (!field.selectionSet || !isCompositeType(below)) return;
  for (const inner of fieldsOf(scope, field.selectionSet, below)) {
    demandFields(scope, inner.node, inner.parent, scopes);
  }
}

/** The refusal of protected customer data; its text is Shopify's, its `documentation` unverified. */
export function notApproved(what: string): Error {
  const documentation = "https://shopify.dev/docs/apps/launch/protected-customer-data";
  return shopifyError(
    `This app is not approved to ${what}. See ${documentation} for more details.`,
    "ACCESS_DENIED",
    { documentation },
  );
}
