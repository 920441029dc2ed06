import { z } from "zod";

/** What Shopify's sales report is asked for, in our own names. */
export const REPORT_METRICS = [
  "total_sales",
  "orders",
  "gross_sales",
  "discounts",
  "returns",
  "net_sales",
  "shipping",
  "duties",
  "return_fees",
  "additional_fees",
  "taxes",
] as const;
export type ReportMetric = (typeof REPORT_METRICS)[number];

/** Decimal strings in the shop's currency; discounts and returns are positive, as everywhere here. */
export type ReportFigures = Record<ReportMetric, string>;

const cell = z.union([z.string(), z.number(), z.null()]);
/** Objects keyed by column name; now and then positional arrays. */
const row = z.union([z.record(z.string(), cell.optional()), z.array(cell)]);
export type ReportRow = z.infer<typeof row>;

export const shopifyqlSchema = z.object({
  shopifyqlQuery: z
    .object({
      parseErrors: z.array(z.string()),
      tableData: z
        .object({ columns: z.array(z.object({ name: z.string() })), rows: z.array(row) })
        .nullable(),
    })
    .nullable(),
});

export const orderIdsSchema = z.object({
  orders: z.object({
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
    edges: z.array(z.object({ node: z.object({ id: z.string(), updatedAt: z.string() }) })),
  }),
});
