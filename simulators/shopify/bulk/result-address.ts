import { createHmac } from "node:crypto";
import type { BulkOperationRecord } from "./record";

const FOLDER = "/shopify-tiers-assets-prod-us-east1/bulk-operation-outputs/";
const ACCOUNT = "assets-us-prod@shopify-tiers.iam.gserviceaccount.com";

/** The signed address of a result, in the form Shopify gives; null when there is no result. */
export function resultUrl(record: BulkOperationRecord, secret: string): string | null {
  if (record.hash === null || record.urlExpiresAt === null) return null;
  const expires = Math.floor(record.urlExpiresAt / 1000);
  const signature = sign(record.hash, String(expires), secret);
  const name = `bulk-${record.id}.jsonl`;
  const disposition = `attachment; filename="${name}"; filename*=UTF-8''${name}`;
  const query = [
    `GoogleAccessId=${encodeURIComponent(ACCOUNT)}`,
    `Expires=${expires}`,
    `Signature=${encodeURIComponent(signature)}`,
    `response-content-disposition=${encodeURIComponent(disposition)}`,
    `response-content-type=${encodeURIComponent("application/jsonl")}`,
  ].join("&");
  return `https://storage.googleapis.com${FOLDER}${record.hash}?${query}`;
}

/** Whether an address's signature was given by the stand-in. */
export function isSigned(
  hash: string,
  expires: string,
  signature: string,
  secret: string,
): boolean {
  return sign(hash, expires, secret) === signature;
}

export const RESULT_PATH = `${FOLDER}:hash`;

function sign(hash: string, expires: string, secret: string): string {
  return createHmac("sha256", secret).update(`${hash}\n${expires}`).digest("base64");
}
