import type { RawOrder } from "~/connectors/shopify/order-schemas";
import { metafieldsSchema } from "~/connectors/shopify/schemas/metafields";

export type MetafieldRow = NonNullable<ReturnType<typeof metafieldRows>>[number];

/**
 * `order_metafields` rows: those that the shop's settings ask for, read under aliases
 * (`metafield_…`), or a list. Null where the document holds neither.
 */
export function metafieldRows(orderId: string, raw: RawOrder) {
  const aliased = Object.keys(raw).filter((name) => name.startsWith("metafield_"));
  const listed = Array.isArray(raw.metafields) ? raw.metafields : null;
  if (aliased.length === 0 && !listed) return null;
  const parsed = metafieldsSchema.parse([...aliased.map((name) => raw[name]), ...(listed ?? [])]);
  return parsed.flatMap((metafield) =>
    metafield
      ? [
          {
            order_id: orderId,
            namespace: metafield.namespace,
            key: metafield.key,
            type: metafield.type ?? null,
            value: metafield.value ?? null,
          },
        ]
      : [],
  );
}
