import { createHmac } from "node:crypto";
import type { z } from "zod";
import { DefectError, RetryableError, ThrottledError } from "~/lib/errors";
import { META_API_VERSION } from "~/lib/meta-version";
import { errorOfRefusal } from "./graph-errors";
import { refusalSchema } from "./graph-schemas";
import { type SharedLimits, withinLimits } from "./shared-limits";
import { APP, askedWaitMs } from "./usage-headers";

export interface GraphRequest<Schema extends z.ZodType> {
  /** Objects are sent as the JSON that Meta wants them in. */
  params?: Readonly<Record<string, string | number | object>>;
  /** Checks the answer's body. */
  schema: Schema;
  /** Named in errors, for example `start_report`. */
  task: string;
  /** The ad account whose limits count (`act_123`), where the path does not begin with it. */
  subject?: string;
  signal?: AbortSignal;
}

/** Meta's Graph API as one person sees it. */
export interface GraphClient {
  get<Schema extends z.ZodType>(
    path: string,
    request: GraphRequest<Schema>,
  ): Promise<z.infer<Schema>>;
  post<Schema extends z.ZodType>(
    path: string,
    request: GraphRequest<Schema>,
  ): Promise<z.infer<Schema>>;
}

export interface GraphClientOptions {
  /** Whose rights the calls have: made anew for every use, never shared. */
  token: string;
  appSecret: string;
  fetch: typeof fetch;
  /** What Meta still allows; null for the login, which the web makes and only refusals can stop. */
  limits: SharedLimits | null;
}

const ORIGIN = "https://graph.facebook.com";
const TIMEOUT_MS = 60_000;

/**
 * A client for one token, which stands in a header and in nothing that is logged, with its
 * `appsecret_proof`. It never waits: what it throws says what to do. ThrottledError (with Meta's own
 * waiting time, or before a call that would be too many), RetryableError (unreachable), NeedsUserError `META_RECONNECT`, DefectError.
 */
export function createGraphClient(options: GraphClientOptions): GraphClient {
  const { token, appSecret, fetch, limits } = options;
  const proof = createHmac("sha256", appSecret).update(token).digest("hex");

  async function call<Schema extends z.ZodType>(
    method: "GET" | "POST",
    path: string,
    { params = {}, schema, task, signal, subject = subjectOf(path) }: GraphRequest<Schema>,
  ): Promise<z.infer<Schema>> {
    signal?.throwIfAborted();
    const form = new URLSearchParams({ appsecret_proof: proof });
    for (const [name, value] of Object.entries(params)) {
      form.set(name, typeof value === "object" ? JSON.stringify(value) : String(value));
    }
    const url = `${ORIGIN}/${META_API_VERSION}/${path}`;
    const timeout = AbortSignal.timeout(TIMEOUT_MS);
    const init = {
      method,
      headers: { Accept: "application/json", Authorization: `Bearer ${token}` },
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    };
    const send = () =>
      method === "GET" ? fetch(`${url}?${form}`, init) : fetch(url, { ...init, body: form });
    const answer = () => answered(send, task, signal);
    const write = method === "POST" && !path.endsWith("/insights");
    const { response, body } = limits
      ? await withinLimits(limits, { subject, write, task }, answer)
      : await answer();
    const refusal = refusalSchema.safeParse(body);
    if (refusal.success) {
      throw errorOfRefusal(refusal.data.error, { task, waitMs: askedWaitMs(response.headers) });
    }
    if (!response.ok) throw unexplained(response, task);
    return checked(schema.safeParse(body), path, task);
  }

  return {
    get: (path, request) => call("GET", path, request),
    post: (path, request) => call("POST", path, request),
  };
}

/** The ad account that a path begins with, else the whole app. */
function subjectOf(path: string): string {
  return /^act_\d+/.exec(path)?.[0] ?? APP;
}

/** The answer with its body; whatever cannot be read as JSON was cut, or is a gateway's page. */
async function answered(
  send: () => Promise<Response>,
  task: string,
  signal: AbortSignal | undefined,
): Promise<{ response: Response; body: unknown }> {
  let text: string;
  let response: Response;
  try {
    response = await send();
    text = await response.text();
  } catch {
    signal?.throwIfAborted();
    throw unreachable(task);
  }
  try {
    return { response, body: JSON.parse(text) };
  } catch {
    if (response.ok) throw unreachable(task);
    throw unexplained(response, task);
  }
}

/** Without its cause: an error of the network quotes the address. */
function unreachable(task: string): RetryableError {
  return new RetryableError("Meta could not be reached.", { code: "META_UNREACHABLE", task });
}

function unexplained({ status, headers }: Response, task: string): RetryableError | DefectError {
  const message = `Meta answered ${status}.`;
  if (status < 500 && status !== 429) return new DefectError(message, { code: "META_HTTP", task });
  const waitMs = askedWaitMs(headers);
  const hint = waitMs === null ? {} : { retryAfterMs: waitMs };
  if (status === 429) {
    return new ThrottledError(message, { code: "META_TOO_MANY", task, ...hint });
  }
  return new RetryableError(message, { code: "META_UNAVAILABLE", task, ...hint });
}

function checked<T>(parsed: z.ZodSafeParseResult<T>, path: string, task: string): T {
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new DefectError(
    `Meta's answer to ${path} has an unknown form at ${issue?.path.join(".")}: ${issue?.message}`,
    { code: "META_ANSWER_SHAPE", task, cause: parsed.error },
  );
}
