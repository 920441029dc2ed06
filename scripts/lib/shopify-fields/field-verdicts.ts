import { type GraphQLField, getNamedType, isObjectType } from "graphql";
import { DOCUMENTS } from "~/connectors/shopify/documents";
import { DEFAULT_SCOPES } from "~/lib/env.server";
import { columnsOfFields } from "./columns-of-fields";
import { LEFT_OUT, REFERENCES, type Reason, VALUES } from "./reasons";
import { type DocumentedSchema, documentedSchema } from "./schema";
import { connectionNodes, type Shape, selectedOfOrder } from "./selected-shape";

/** What becomes of a field: it is read (and typed in `columns`), or it is left out with a reason. */
export type Verdict =
  | { read: true; columns: string[] }
  | { read: false; reason: Reason | "deprecated"; detail: string | null };

export interface FieldVerdict {
  name: string;
  type: string;
  /** Null: nobody has decided. */
  verdict: Verdict | null;
}

export interface TypeVerdicts {
  type: string;
  /** Why fields that are not read are not listed; null where every field is. */
  reference: Reason | null;
  fields: FieldVerdict[];
}

const ASKED = new Set(DEFAULT_SCOPES.split(","));

/** Every type that is read of an order, in the order of reading, every field with its verdict. */
export function orderFieldVerdicts(): TypeVerdicts[] {
  const documented = documentedSchema();
  const documents = [DOCUMENTS.OrdersById, DOCUMENTS.OrderDetails].map((text) => text ?? "");
  const order = selectedOfOrder(documented.schema, documents);
  const columns = columnsOfFields(order);
  const read = new Map<string, Set<string>>();
  gather(order, read);
  return [...read]
    .filter(([type]) => !VALUES.includes(type))
    .map(([type, fields]) => verdictsOf(documented, type, fields, columns));
}

/** The fields read of each type, wherever below an order it stands. */
function gather(shape: Shape, into: Map<string, Set<string>>): void {
  for (const [type, fields] of shape) {
    const known = into.get(type) ?? new Set();
    into.set(type, known);
    for (const name of fields.keys()) known.add(name);
  }
  for (const fields of shape.values()) {
    for (const { below } of fields.values()) if (below) gather(below, into);
  }
}

function verdictsOf(
  documented: DocumentedSchema,
  type: string,
  read: ReadonlySet<string>,
  columns: ReadonlyMap<string, ReadonlySet<string>>,
): TypeVerdicts {
  const definition = documented.schema.getType(type);
  if (!isObjectType(definition)) throw new Error(`${type} is no object type`);
  const reference = REFERENCES[type] ?? null;
  const fields = Object.values(definition.getFields())
    .filter(({ name }) => reference === null || read.has(name))
    .map((field) => ({
      name: field.name,
      type: String(field.type),
      verdict: read.has(field.name)
        ? ({
            read: true,
            columns: [...(columns.get(`${type}.${field.name}`) ?? [])].sort(),
          } as const)
        : leftOut(documented, type, field),
    }));
  return { type, reference, fields };
}

function leftOut(
  { scopes }: DocumentedSchema,
  type: string,
  field: GraphQLField<unknown, unknown>,
): Verdict | null {
  if (field.deprecationReason) {
    return { read: false, reason: "deprecated", detail: field.deprecationReason };
  }
  const reason = LEFT_OUT[`${type}.${field.name}`] ?? LEFT_OUT[`*.${field.name}`];
  if (!reason) return null;
  const target = connectionNodes(field.type) ?? getNamedType(field.type);
  const needed = scopes.get(`${type}.${field.name}`) ?? scopes.get(target.name) ?? [];
  const missing = needed.some((scope) => ASKED.has(scope)) ? [] : needed;
  return { read: false, reason, detail: missing.length > 0 ? missing.join(" or ") : null };
}
