import type pg from "pg";
import type { RawOrder } from "~/connectors/shopify/order-schemas";
import { requireId } from "../transforms/require-id";
import { hashDocument } from "./hash-document.server";

/** By which road a document came. */
export type Road = "BULK" | "PAGE";

/** A document that staging took, as it is stored. */
export interface StagedOrder {
  orderId: string;
  document: RawOrder;
  hash: Buffer;
}

/**
 * Parts payloads in one parameter: JSON text never holds it unescaped. A Postgres array of them
 * would have to be escaped here and read back there, which takes longer than all the rest.
 */
const SEPARATOR = "\u0001";

interface Candidate extends StagedOrder {
  text: string;
  updatedAt: string | null;
}

/** Where documents are kept, and the part that they may come without though Shopify holds it. */
interface Shelf {
  table: string;
  part: string;
}

export const ORDERS_RAW: Shelf = {
  table: "staging_ingest.shopify_orders_raw",
  part: "agreements",
};
export const ORDER_DETAILS_RAW: Shelf = {
  table: "staging_ingest.shopify_order_details_raw",
  part: "returns",
};

/**
 * Puts documents (connections as plain lists) into staging: the newest `updatedAt` wins, an
 * unchanged hash writes nothing, and of two with the same `updatedAt` one without its part (an
 * order's ledger, its details' returns) never replaces one that has it. Answers those that were new
 * or changed.
 */
export async function stageDocuments(
  client: pg.ClientBase,
  shopId: string,
  { table, part }: Shelf,
  documents: readonly RawOrder[],
  road: Road,
): Promise<StagedOrder[]> {
  const candidates = newestPerOrder(documents.map(toCandidate));
  if (candidates.length === 0) return [];
  const { rows } = await client.query<{ order_id: string }>(
    `INSERT INTO ${table} AS stored
       (shop_id, order_id, payload, payload_hash, updated_at, received_at, road)
     SELECT $1, r.order_id, r.payload::jsonb, r.hash, r.updated_at, now(), $6
     FROM unnest($2::bigint[], string_to_array($3, $7), $4::bytea[], $5::timestamptz[])
       AS r(order_id, payload, hash, updated_at)
     ON CONFLICT (shop_id, order_id) DO UPDATE SET
       payload = excluded.payload, payload_hash = excluded.payload_hash,
       updated_at = excluded.updated_at, received_at = excluded.received_at, road = excluded.road
     WHERE stored.payload_hash <> excluded.payload_hash
       AND coalesce(excluded.updated_at, '-infinity') >= coalesce(stored.updated_at, '-infinity')
       AND (excluded.updated_at IS DISTINCT FROM stored.updated_at
         OR excluded.payload ? '${part}' OR NOT stored.payload ? '${part}')
     RETURNING order_id::text`,
    [
      shopId,
      candidates.map(({ orderId }) => orderId),
      candidates.map(({ text }) => text).join(SEPARATOR),
      candidates.map(({ hash }) => hash),
      candidates.map(({ updatedAt }) => updatedAt),
      road,
      SEPARATOR,
    ],
  );
  const taken = new Set(rows.map(({ order_id }) => order_id));
  return candidates.filter(({ orderId }) => taken.has(orderId));
}

function toCandidate(given: RawOrder): Candidate {
  const { document, text, hash } = hashDocument(given);
  const updatedAt = typeof document.updatedAt === "string" ? document.updatedAt : null;
  return { orderId: requireId(String(document.id)), document, text, hash, updatedAt };
}

/** One INSERT must not name a key twice; the later of two equally new ones wins. */
function newestPerOrder(candidates: Candidate[]): Candidate[] {
  const newest = new Map<string, Candidate>();
  for (const candidate of candidates) {
    const rival = newest.get(candidate.orderId);
    if (!rival || instantOf(candidate) >= instantOf(rival))
      newest.set(candidate.orderId, candidate);
  }
  return [...newest.values()];
}

function instantOf({ updatedAt }: Candidate): number {
  return updatedAt === null ? Number.NEGATIVE_INFINITY : Date.parse(updatedAt);
}
