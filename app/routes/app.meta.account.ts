import type { ActionFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { requireShop } from "~/auth.server";
import { chooseAdAccount } from "~/commands/choose-ad-account.server";
import { problemResponse } from "~/lib/problem";

const formSchema = z.object({ ad_account_id: z.string().regex(/^act_\d+$/) });

/** Chooses `ad_account_id` among the ad accounts that the connected person sees. */
export async function action(args: ActionFunctionArgs): Promise<Response> {
  const { db, shopId, userId } = await requireShop(args);
  // What is no form at all holds no ad account either.
  const sent = await args.request.formData().catch(() => new FormData());
  const form = formSchema.safeParse(Object.fromEntries(sent));
  if (!form.success) return problemResponse(400, "That is no ad account.");
  const adAccountId = form.data.ad_account_id;
  const chosen = await chooseAdAccount(db, { shopId, userId, adAccountId });
  return chosen ? Response.json({}) : problemResponse(404, "There is no such ad account here.");
}
