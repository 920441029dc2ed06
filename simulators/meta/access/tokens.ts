import { createHmac, randomBytes } from "node:crypto";
import type { MetaContext } from "../context";
import { GraphError } from "../graph/graph-error";
import type { Token } from "./token-types";

const DAY = 86_400_000;
/** What the Graph API answers: about 60 days. */
const LIFE_SECONDS = { short: 5_183_976, long: 5_183_944, system: null } as const;

export interface NewToken {
  userId: string;
  kind: Token["kind"];
  scopes: string[];
  /** Life in seconds instead of the kind's own. */
  seconds?: number;
}

/** Makes a token and remembers it. */
export function issueToken(context: MetaContext, wanted: NewToken): Token {
  const issuedAt = context.now().getTime();
  const seconds = wanted.seconds ?? LIFE_SECONDS[wanted.kind];
  const token: Token = {
    token: `EAA${randomBytes(120).toString("base64").replace(/[+/=]/g, "Z")}`,
    userId: wanted.userId,
    kind: wanted.kind,
    scopes: wanted.scopes,
    issuedAt,
    expiresAt: seconds === null ? null : issuedAt + seconds * 1000,
    dataAccessExpiresAt: issuedAt + 90 * DAY,
    invalid: null,
  };
  context.state.content.tokens.push(token);
  context.state.changed();
  return token;
}

export function expiresIn(context: MetaContext, token: Token): number {
  return Math.round(((token.expiresAt ?? 0) - context.now().getTime()) / 1000);
}

export function findToken(context: MetaContext, text: string): Token | null {
  return context.state.content.tokens.find((one) => one.token === text) ?? null;
}

/** The token a call brings. Throws error 190 with the reason when it does not serve. */
export function liveToken(context: MetaContext, text: string | null, proof: string | null): Token {
  if (!text) {
    throw new GraphError(2500, null, {
      message: "An active access token must be used to query information about the current user.",
    });
  }
  const token = findToken(context, text);
  if (!token) throw new GraphError(190);
  checkProof(context, token.token, proof);
  if (token.invalid === 458) {
    throw new GraphError(190, 458, {
      message: `Error validating access token: The user has not authorized application ${context.appId}.`,
    });
  }
  if (token.invalid !== null) throw new GraphError(190, token.invalid);
  if (token.expiresAt !== null && token.expiresAt <= context.now().getTime()) {
    throw new GraphError(190, 463, {
      message: `Error validating access token: Session has expired on ${spoken(token.expiresAt)}. The current time is ${spoken(context.now().getTime())}.`,
    });
  }
  return token;
}

function checkProof(context: MetaContext, token: string, proof: string | null): void {
  if (proof === null) {
    if (!context.requireProof) return;
    throw new GraphError(100, null, {
      message: "API calls from the server require an appsecret_proof argument",
      type: "GraphMethodException",
    });
  }
  if (proof === createHmac("sha256", context.appSecret).update(token).digest("hex")) return;
  throw new GraphError(100, null, {
    message: "Invalid appsecret_proof provided in the API argument",
    type: "GraphMethodException",
  });
}

/** What a person grants the app now, of what the token was given. */
export function scopesOf(context: MetaContext, token: Token): string[] {
  const permissions = context.state.content.permissions[token.userId] ?? {};
  return token.scopes.filter((scope) => permissions[scope] === "granted");
}

/** `Friday, 20-Nov-26 05:00:00 PST`, as Meta speaks of expiry. */
function spoken(at: number): string {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: "America/Los_Angeles",
    weekday: "long",
    day: "2-digit",
    month: "short",
    year: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
    timeZoneName: "short",
  }).formatToParts(at);
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? "";
  return `${of("weekday")}, ${of("day")}-${of("month")}-${of("year")} ${of("hour")}:${of("minute")}:${of("second")} ${of("timeZoneName")}`;
}
