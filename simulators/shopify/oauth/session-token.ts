import { randomUUID } from "node:crypto";
import { errors, jwtVerify, SignJWT } from "jose";

export interface SessionTokenClaims {
  shop: string;
  userId: number;
}

interface MintOptions extends SessionTokenClaims {
  apiKey: string;
  apiSecret: string;
  now: Date;
  /** Seconds of life; negative makes one that has already ended. Shopify's live one minute. */
  lifeSeconds?: number;
}

/** A session token (App Bridge id token) with the claims Shopify puts into it, signed HS256. */
export async function mintSessionToken(options: MintOptions): Promise<string> {
  const life = options.lifeSeconds ?? 60;
  const end = Math.floor(options.now.getTime() / 1000) + life;
  const begin = end - Math.max(60, Math.abs(life));
  return new SignJWT({ dest: `https://${options.shop}`, sid: randomUUID() })
    .setProtectedHeader({ alg: "HS256", typ: "JWT" })
    .setIssuer(`https://${options.shop}/admin`)
    .setAudience(options.apiKey)
    .setSubject(String(options.userId))
    .setIssuedAt(begin)
    .setNotBefore(begin)
    .setExpirationTime(end)
    .setJti(randomUUID())
    .sign(new TextEncoder().encode(options.apiSecret));
}

/** The claims of a session token made for this app, or null when it is forged, foreign or over. */
export async function verifySessionToken(
  token: string,
  app: { apiKey: string; apiSecret: string; now: Date },
): Promise<SessionTokenClaims | null> {
  try {
    const { payload } = await jwtVerify(token, new TextEncoder().encode(app.apiSecret), {
      algorithms: ["HS256"],
      audience: app.apiKey,
      currentDate: app.now,
      clockTolerance: 10,
    });
    const shop = typeof payload.dest === "string" ? new URL(payload.dest).hostname : null;
    const userId = Number(payload.sub);
    if (!shop || payload.iss !== `https://${shop}/admin` || !Number.isSafeInteger(userId)) {
      return null;
    }
    return { shop, userId };
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof TypeError) return null;
    throw error;
  }
}
