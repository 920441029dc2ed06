import { z } from "zod";

/** The answer to a code, and to a short token that is traded for a long one. */
export const accessTokenSchema = z.object({
  access_token: z.string().min(1),
  /** Seconds; Meta leaves it out for tokens that do not end. */
  expires_in: z.number().nonnegative().optional(),
});

/** `debug_token`: instants are unix seconds, 0 is never. */
export const tokenDetailsSchema = z.object({
  data: z.object({
    app_id: z.string().optional(),
    user_id: z.string().optional(),
    is_valid: z.boolean(),
    expires_at: z.number().optional(),
    data_access_expires_at: z.number().optional(),
    scopes: z.array(z.string()).default([]),
  }),
});

/** `/me/permissions`: people may untick what the dialog asks for. */
export const permissionsSchema = z.object({
  data: z.array(z.object({ permission: z.string(), status: z.string() })),
});

const adAccountSchema = z.object({
  /** With its prefix: `act_123`. */
  id: z.string().regex(/^act_\d+$/),
  name: z.string().optional(),
  currency: z.string().length(3),
  timezone_name: z.string().min(1),
  /** 1 is active; the others are listed in docs of Meta's ad account. */
  account_status: z.number().int(),
});

/** One page of `/me/adaccounts`. */
export const adAccountsSchema = z.object({
  data: z.array(adAccountSchema),
  paging: z
    .object({
      cursors: z.object({ after: z.string().optional() }).optional(),
      /** There is a further page while it is there; the address itself holds the token. */
      next: z.string().optional(),
    })
    .optional(),
});
