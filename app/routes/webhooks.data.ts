import type { ActionFunctionArgs } from "@remix-run/node";
import { receiveWebhook } from "~/commands/receive-webhook.server";
import { problemResponse } from "~/lib/problem";

/** Deliveries about data: orders and what belongs to them, the shop, bulk operations. */
export function action({ request }: ActionFunctionArgs): Promise<Response> {
  return receiveWebhook(request);
}

export function loader(): Response {
  return problemResponse(405, "Webhooks are posted.");
}
