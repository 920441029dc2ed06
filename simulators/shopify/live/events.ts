import { z } from "zod";

const id = z.number().int().positive();

/** What `/_sim` can let happen to an order, with what each may say. Money is a decimal string of the shop's currency. */
export const ORDER_ACTIONS = {
  refund: z.strictObject({
    /** Everything left when absent. */
    lines: z.array(z.strictObject({ line_id: id, quantity: id })).optional(),
    shipping: z.boolean().optional(),
    /** Paid back, when not what is owed; the difference becomes an ADJUSTMENT row. */
    amount: z.string().optional(),
    restock: z.boolean().default(true),
    note: z.string().nullable().default(null),
  }),
  edit: z.strictObject({
    kind: z.enum(["remove", "add", "discount"]).optional(),
    /** The first line with units left when absent. */
    line_id: id.optional(),
    quantity: id.default(1),
    /** Of a discount; a tenth of the line when absent. */
    amount: z.string().optional(),
  }),
  cancel: z.strictObject({
    reason: z
      .enum(["CUSTOMER", "DECLINED", "FRAUD", "INVENTORY", "OTHER", "STAFF"])
      .default("CUSTOMER"),
  }),
  delete: z.strictObject({}),
  fulfill: z.strictObject({ delivered: z.boolean().default(false) }),
  pay: z.strictObject({}),
} as const;

export type OrderAction = keyof typeof ORDER_ACTIONS;

/** What `/_sim` can change beside orders. */
export const productChange = z.strictObject({
  title: z.string().optional(),
  price: z.string().optional(),
  status: z.enum(["ACTIVE", "ARCHIVED", "DRAFT"]).optional(),
});
export const costChange = z.strictObject({ cost: z.string().nullable() });
export const customerChange = z.strictObject({
  first_name: z.string().optional(),
  last_name: z.string().optional(),
  email: z.string().nullable().optional(),
});

/** The click on an ad of the plan that began an order. */
export interface LiveClick {
  adId: string;
  clickedAt: number;
}

/** Something that happened to a store after it was made; the log of these is replayed at a restart. */
export type StoreEvent = { n: number; at: number } & (
  | { kind: "place"; seed: number; click?: LiveClick }
  | { kind: "order"; action: OrderAction; orderId: number; input: unknown }
  | { kind: "product"; productId: number; input: unknown }
  | { kind: "cost"; inventoryItemId: number; input: unknown }
  | { kind: "customer"; customerId: number; input: unknown }
  | { kind: "newCustomer"; input: unknown }
  | { kind: "customerDeleted"; customerId: number }
);
/** What is asked for; number and instant are given when it happens. */
export type StoreEventInput = StoreEvent extends infer E
  ? E extends StoreEvent
    ? Omit<E, "n" | "at">
    : never
  : never;
