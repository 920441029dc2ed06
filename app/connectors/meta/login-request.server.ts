import type { z } from "zod";
import { DefectError, NeedsUserError, RetryableError } from "~/lib/errors";
import { META_API_VERSION } from "~/lib/meta-version";
import { graphErrorSchema } from "./login-schemas";

const TIMEOUT_MS = 20_000;
const TASK = "connect_meta";

/** Codes of meta-api.md, table 9.2, that pass by themselves. */
const PASSING = new Set([1, 2, 4, 17, 32, 613]);
/** A login that can only be begun anew: dead token, missing permission, used or expired code. */
const needsLogin = (code: number) =>
  code === 190 || code === 102 || code === 10 || code === 100 || (code >= 200 && code <= 299);

/**
 * One GET of the login's, answered in the form of `schema`. A token goes in the header, never in
 * the address. Throws RetryableError when Meta cannot answer now, NeedsUserError `META_RECONNECT`
 * when only another login helps, DefectError for anything else. No error holds a secret.
 */
export async function askMeta<Schema extends z.ZodType>(
  fetcher: typeof fetch,
  path: string,
  params: Record<string, string>,
  schema: Schema,
  token?: string,
): Promise<z.infer<Schema>> {
  const query = new URLSearchParams(params);
  const url = `https://graph.facebook.com/${META_API_VERSION}/${path}?${query}`;
  const body = await answerOf(fetcher, url, token);
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const failed = graphErrorSchema.safeParse(body);
  if (failed.success) throw errorOf(failed.data.error);
  throw new DefectError(`Meta's answer to ${path} has an unknown form.`, {
    code: "META_ANSWER_SHAPE",
    task: TASK,
  });
}

async function answerOf(fetcher: typeof fetch, url: string, token?: string): Promise<unknown> {
  try {
    const response = await fetcher(url, {
      headers: {
        Accept: "application/json",
        ...(token ? { Authorization: `Bearer ${token}` } : {}),
      },
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

function errorOf({
  message,
  code,
  error_subcode,
  is_transient,
}: z.infer<typeof graphErrorSchema>["error"]): Error {
  const told = { code: `META_${code}${error_subcode ? `_${error_subcode}` : ""}`, task: TASK };
  const passing = is_transient || PASSING.has(code) || (code >= 80_000 && code <= 80_014);
  // A wrong client secret is code 1 as well, and no waiting mends it.
  if (passing && !/client secret/i.test(message)) return new RetryableError(message, told);
  if (needsLogin(code)) return new NeedsUserError(message, { ...told, code: "META_RECONNECT" });
  return new DefectError(message, told);
}
