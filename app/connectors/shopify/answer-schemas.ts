import { z } from "zod";

/** Shopify's UnsignedInt64: a string of digits. */
const unsigned = z.string().regex(/^\d+$/).transform(Number);

export const bulkOperationSchema = z.object({
  id: z.string(),
  status: z.string(),
  errorCode: z.string().nullable(),
  objectCount: unsigned,
  rootObjectCount: unsigned,
  fileSize: unsigned.nullable(),
  url: z.string().nullable(),
  partialDataUrl: z.string().nullable(),
});
/** The state of a bulk operation; `objectCount` counts every line, `rootObjectCount` the orders. */
export type BulkOperation = z.infer<typeof bulkOperationSchema>;

const userError = z.object({
  code: z.string().nullish(),
  field: z.array(z.string()).nullable(),
  message: z.string(),
});

export const runBulkSchema = z.object({
  bulkOperationRunQuery: z.object({
    bulkOperation: bulkOperationSchema.nullable(),
    userErrors: z.array(userError),
  }),
});

export const cancelBulkSchema = z.object({
  bulkOperationCancel: z.object({
    bulkOperation: bulkOperationSchema.nullable(),
    userErrors: z.array(userError),
  }),
});

export const pollBulkSchema = z.object({ bulkOperation: bulkOperationSchema.nullable() });

export const recentBulksSchema = z.object({
  bulkOperations: z.object({
    edges: z.array(
      z.object({
        node: z.object({
          id: z.string(),
          status: z.string(),
          createdAt: z.iso.datetime(),
          query: z.string(),
        }),
      }),
    ),
  }),
});

const pageInfoSchema = z.object({
  hasNextPage: z.boolean(),
  endCursor: z.string().nullable(),
});

/** An order node of a page: raw, since staging keeps all of it, but with its two anchors checked. */
export const orderNodeSchema = z.looseObject({ id: z.string(), updatedAt: z.string() });
export type OrderNode = z.infer<typeof orderNodeSchema>;

export const ordersPageSchema = z.object({
  orders: z.object({
    pageInfo: pageInfoSchema,
    edges: z.array(z.object({ cursor: z.string(), node: orderNodeSchema })),
  }),
});

/** A deleted id answers null; an id of another type answers an empty object. */
export const ordersByIdSchema = z.object({
  nodes: z.array(z.union([orderNodeSchema, z.strictObject({})]).nullable()),
});

export const connectionSchema = z.object({
  pageInfo: pageInfoSchema,
  edges: z.array(z.looseObject({ node: z.record(z.string(), z.unknown()) })),
});
export type Connection = z.infer<typeof connectionSchema>;

export const moreOfOrderSchema = z.object({ node: z.object({ connection: connectionSchema }) });

export const moreSalesSchema = z.object({
  node: z.object({
    agreements: z.object({
      edges: z.array(z.object({ node: z.object({ id: z.string(), sales: connectionSchema }) })),
    }),
  }),
});

/** A connection below an order's journey: null while Shopify works the journey out. */
export const moreMomentsSchema = z.object({
  node: z.object({ customerJourneySummary: z.object({ connection: connectionSchema }) }),
});

const ownerOfDetails = z.looseObject({ id: z.string() });

/** An order's details as they are answered: raw, but with what is completed checked. */
export const orderDetailsNodeSchema = z.looseObject({
  id: z.string(),
  updatedAt: z.string(),
  refunds: z.array(ownerOfDetails),
  fulfillments: z.array(ownerOfDetails),
  customerJourneySummary: z.object({ moments: connectionSchema.nullable() }).nullable(),
  returns: connectionSchema.optional(),
});
export type OrderDetailsNode = z.infer<typeof orderDetailsNodeSchema>;

export const orderDetailsSchema = z.object({
  nodes: z.array(z.union([orderDetailsNodeSchema, z.strictObject({})]).nullable()),
});

export const ordersCountSchema = z.object({
  ordersCount: z.object({ count: z.number().int(), precision: z.string() }).nullable(),
});

export const oldestOrderSchema = z.object({
  orders: z.object({
    edges: z.array(z.object({ node: z.object({ id: z.string(), createdAt: z.iso.datetime() }) })),
  }),
});

const throttleStatusSchema = z.object({
  maximumAvailable: z.number(),
  currentlyAvailable: z.number(),
  restoreRate: z.number().positive(),
});

export const extensionsSchema = z.looseObject({
  cost: z
    .object({
      requestedQueryCost: z.number(),
      actualQueryCost: z.number().nullish(),
      throttleStatus: throttleStatusSchema,
    })
    .nullish(),
  search: z
    .array(
      z.looseObject({
        query: z.string().optional(),
        warnings: z
          .array(z.looseObject({ field: z.string().optional(), message: z.string().optional() }))
          .optional(),
      }),
    )
    .nullish(),
});
export type Extensions = z.infer<typeof extensionsSchema>;

export const graphqlErrorSchema = z.looseObject({
  message: z.string(),
  path: z.array(z.union([z.string(), z.number()])).optional(),
  extensions: z.looseObject({ code: z.string().optional() }).optional(),
});
export type GraphqlError = z.infer<typeof graphqlErrorSchema>;

export const offlineTokenSchema = z.object({
  access_token: z.string().min(1),
  scope: z.string(),
  expires_in: z.number().int().positive(),
  refresh_token: z.string().min(1),
  refresh_token_expires_in: z.number().int().positive(),
});
