import type { z } from "zod";
import { DefectError, RetryableError } from "~/lib/errors";
import { META_API_VERSION } from "~/lib/meta-version";
import { errorOfRefusal } from "./graph-errors";
import { refusalSchema } from "./graph-schemas";
import { accessTokenSchema } from "./login-schemas";

const ADDRESS = `https://graph.facebook.com/${META_API_VERSION}/oauth/access_token`;
const TIMEOUT_MS = 20_000;
const TASK = "connect_meta";

export type AccessToken = z.infer<typeof accessTokenSchema>;

/**
 * Trades a code or a token for a token: the one call that goes out in the app's name and not in a
 * person's, hence without a client. Throws as the graph client; no error holds a secret.
 */
export async function exchangeToken(
  fetcher: typeof fetch,
  params: Record<string, string>,
): Promise<AccessToken> {
  const body = await answerOf(fetcher, `${ADDRESS}?${new URLSearchParams(params)}`);
  const refusal = refusalSchema.safeParse(body);
  if (refusal.success) throw errorOfRefusal(refusal.data.error, { task: TASK });
  const parsed = accessTokenSchema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new DefectError("Meta's answer to a login has an unknown form.", {
    code: "META_ANSWER_SHAPE",
    task: TASK,
  });
}

async function answerOf(fetcher: typeof fetch, url: string): Promise<unknown> {
  try {
    const response = await fetcher(url, {
      headers: { Accept: "application/json" },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return await response.json();
  } catch {
    // Without its cause: an error of the network may quote the address, which holds the app's secret.
    throw new RetryableError("Meta could not be reached.", {
      code: "META_UNREACHABLE",
      task: TASK,
    });
  }
}
