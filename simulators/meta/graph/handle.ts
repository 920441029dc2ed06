import type { Request, Response } from "express";
import { answerAccessToken } from "../access/codes";
import { answerDebugToken } from "../access/debug-token";
import { answerDialog } from "../access/dialog";
import { liveToken } from "../access/tokens";
import { accountOf, entityOf, type MetaContext } from "../context";
import type { FaultError } from "../faults";
import { LimitedError } from "../limits/rate-limiter";
import { VERSIONS } from "../options";
import { maskGraphToken } from "../request-log";
import { answerGraph } from "./answer-graph";
import type { GraphAnswer } from "./call";
import { GraphError, invalidParameter } from "./graph-error";
import { type Params, readParams } from "./params";
import { sendGraph } from "./send";

/** Where a request was meant to go: the version in its path, and the rest of it. */
export interface GraphPlace {
  version: string;
  path: string[];
  /** Where `paging.next` points. */
  base: string;
}

/** Answers one call to `graph.facebook.com` or `www.facebook.com`, faults and limits included. */
export async function handleGraph(
  context: MetaContext,
  place: GraphPlace,
  request: Request,
  response: Response,
): Promise<void> {
  const reply = { version: place.version, headers: {}, cut: false };
  let fault: FaultError | null = null;
  try {
    const params = await readParams(request);
    const token = params.text("access_token") ?? bearer(request);
    if (token) response.locals.token = maskGraphToken(token);
    const adAccount = accountOfPath(context, place.path);
    response.locals.adAccount = adAccount;
    const path = `/${place.path.join("/")}`;
    fault = context.faults.take({ path, method: request.method, adAccount, token });
    if (fault && (await disturbed(fault, response))) return;
    if (place.path.join("/") === "dialog/oauth") {
      answerDialog(context, { method: request.method, path: request.path, params }, response);
      return;
    }
    const answer = answerCall(context, place, request, { params, token, fault });
    const cut = fault !== null && "cut" in fault;
    sendGraph(response, {
      ...reply,
      status: 200,
      body: answer.body,
      headers: answer.headers ?? {},
      cut,
    });
  } catch (error) {
    const refusal = error instanceof LimitedError ? error.refusal : error;
    if (!(refusal instanceof GraphError)) throw error;
    sendGraph(response, {
      ...reply,
      status: refusal.status,
      body: refusal.body(),
      headers: {
        "WWW-Authenticate": `OAuth "Facebook Platform" "invalid_request" "${refusal.code}"`,
        ...(error instanceof LimitedError ? error.headers : {}),
      },
    });
  }
}

function answerCall(
  context: MetaContext,
  place: GraphPlace,
  request: Request,
  { params, token, fault }: { params: Params; token: string | null; fault: FaultError | null },
): GraphAnswer {
  const [first, second] = place.path;
  const method = methodOf(request, params);
  if (first === "oauth" && second === "access_token") return answerAccessToken(context, params);
  if (first === "debug_token") return answerDebugToken(context, params, token);
  const ofUser = first === "me" && (second === undefined || second === "permissions");
  checkVersion(place, ofUser);
  const live = liveToken(context, token, params.text("appsecret_proof"));
  return answerGraph(context, { ...place, method, params, token: live }, fault);
}

function checkVersion({ version, path }: GraphPlace, ofUser: boolean): void {
  if (VERSIONS.includes(version)) return;
  const newest = Number(VERSIONS.at(-1)?.slice(1));
  if (Number(version.slice(1)) > newest || !version.endsWith(".0")) {
    throw new GraphError(2500, null, {
      message: `Unknown path components: /${[version, ...path].join("/")}`,
    });
  }
  // The Graph API keeps a version for longer than the Marketing API does.
  if (!ofUser) throw new GraphError(2635);
}

function methodOf(request: Request, params: Params): "GET" | "POST" | "DELETE" {
  const method = request.method === "POST" ? (params.text("method") ?? "POST") : request.method;
  const upper = method.toUpperCase();
  if (upper === "GET" || upper === "POST" || upper === "DELETE") return upper;
  throw invalidParameter(`Unsupported method ${upper}`);
}

/** Whether a fault ends the call here; `cut` and what befalls a report do not. */
async function disturbed(fault: FaultError, response: Response): Promise<boolean> {
  if ("code" in fault) {
    const { code, subcode, message } = fault;
    throw new GraphError(code, subcode ?? null, message === undefined ? {} : { message });
  }
  if ("status" in fault) {
    response
      .status(fault.status)
      .type("html")
      .send(fault.body ?? "<html><body>Error</body></html>");
    return true;
  }
  if ("timeout" in fault) {
    await new Promise((resolve) => {
      const timer = setTimeout(resolve, fault.timeout * 1_000);
      timer.unref();
      response.on("close", () => {
        clearTimeout(timer);
        resolve(null);
      });
    });
    response.destroy();
    return true;
  }
  return false;
}

function bearer(request: Request): string | null {
  return /^(?:Bearer|OAuth) (.+)$/.exec(request.get("authorization") ?? "")?.[1] ?? null;
}

/** The ad account a path is about, by its own id, an object's or a report's. */
function accountOfPath(context: MetaContext, [id = ""]: string[]): string | null {
  if (id.startsWith("act_")) return accountOf(context, id)?.options.id ?? id.slice(4);
  const report = context.state.content.reports.find((run) => run.id === id);
  return report?.accountId ?? entityOf(context, id)?.account.options.id ?? null;
}
