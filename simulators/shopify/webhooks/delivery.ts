/** One webhook on its way to one address, with what became of each attempt. */
export interface WebhookDelivery {
  webhookId: string;
  shop: string;
  topic: string;
  uri: string;
  attempts: { at: string; status: number | null; error: string | null }[];
  delivered: boolean;
}
