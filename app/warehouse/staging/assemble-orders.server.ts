import type pg from "pg";
import type { RawOrder } from "~/connectors/shopify/order-schemas";
import { DefectError } from "~/lib/errors";

type Body = Record<string, unknown>;
interface Line {
  parent_id: string;
  body: Body;
}

export interface BulkOperations {
  /** The operation that brought orders, lines, shipping lines and discount applications. */
  ordersId: string;
  /** The operation that brought the sales ledger; null when Shopify refused it in bulk. */
  ledgerId: string | null;
}

export interface OrderChunk {
  orders: RawOrder[];
  /** Where the next chunk begins; null when this was the last. */
  lastLineNo: string | null;
}

/** Which list of its order a child belongs to, by its type. */
const CHILD_LISTS: Readonly<Record<string, string>> = {
  LineItem: "lineItems",
  ShippingLine: "shippingLines",
  AutomaticDiscountApplication: "discountApplications",
  DiscountCodeApplication: "discountApplications",
  ManualDiscountApplication: "discountApplications",
  ScriptDiscountApplication: "discountApplications",
};

/**
 * The next orders of a loaded bulk file as nested documents, like those that pages give: children
 * are joined to their parents by id, wherever in the file they stand. An order whose ledger is not
 * in the second file comes without `agreements`, and is marked by that.
 */
export async function assembleOrders(
  client: pg.ClientBase,
  shopId: string,
  { ordersId, ledgerId }: BulkOperations,
  afterLineNo: string,
  limit: number,
): Promise<OrderChunk> {
  const roots = await client.query<{ line_no: string; body: Body }>(
    `SELECT stored.line_no::text, body FROM bulk_load.lines AS stored
     WHERE shop_id = $1 AND operation_id = $2 AND parent_id IS NULL AND line_no > $3
     ORDER BY stored.line_no LIMIT $4`,
    [shopId, ordersId, afterLineNo, limit],
  );
  const ids = roots.rows.map(({ body }) => String(body.id));
  const children = groupByParent(await childrenOf(client, shopId, ordersId, ids));
  const agreements = ledgerId ? await childrenOf(client, shopId, ledgerId, ids) : [];
  const agreementIds = agreements.map(({ body }) => String(body.id));
  const sales =
    ledgerId && agreementIds.length > 0
      ? groupByParent(await childrenOf(client, shopId, ledgerId, agreementIds))
      : new Map<string, Body[]>();
  const ledgers = groupByParent(
    agreements.map(({ parent_id, body }) => ({
      parent_id,
      body: { ...body, sales: sales.get(String(body.id)) ?? [] },
    })),
  );
  const orders = roots.rows.map(({ body }) => {
    const id = String(body.id);
    const ledger = ledgers.get(id);
    return {
      ...body,
      ...childLists(children.get(id) ?? []),
      ...(ledger && { agreements: ledger }),
    };
  });
  return { orders, lastLineNo: roots.rows.at(-1)?.line_no ?? null };
}

async function childrenOf(
  client: pg.ClientBase,
  shopId: string,
  operationId: string,
  parentIds: readonly string[],
): Promise<Line[]> {
  const { rows } = await client.query<Line>(
    `SELECT parent_id, body FROM bulk_load.lines
     WHERE shop_id = $1 AND operation_id = $2 AND parent_id = ANY ($3::text[])
     ORDER BY line_no`,
    [shopId, operationId, parentIds],
  );
  return rows.map(({ parent_id, body }) => ({ parent_id, body: withoutParent(body) }));
}

/** The parent's id belongs to the file's form; a page's document does not have it. */
function withoutParent({ __parentId, ...body }: Body): Body {
  return body;
}

function groupByParent(lines: readonly Line[]): Map<string, Body[]> {
  const groups = new Map<string, Body[]>();
  for (const { parent_id, body } of lines) {
    const group = groups.get(parent_id);
    if (group) group.push(body);
    else groups.set(parent_id, [body]);
  }
  return groups;
}

function childLists(children: readonly Body[]): Record<string, Body[]> {
  const lists: Record<string, Body[]> = {
    lineItems: [],
    shippingLines: [],
    discountApplications: [],
  };
  for (const child of children) {
    const name = CHILD_LISTS[String(child.__typename)];
    const list = name === undefined ? undefined : lists[name];
    if (!list) {
      throw new DefectError(`A bulk file holds a child of unknown type ${child.__typename}.`, {
        code: "BULK_CHILD_UNKNOWN",
        task: "bulk_load",
      });
    }
    list.push(child);
  }
  return lists;
}
