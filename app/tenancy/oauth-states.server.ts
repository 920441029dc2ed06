import { randomBytes } from "node:crypto";
import { z } from "zod";
import { hashToken } from "~/lib/crypto.server";
import type { Database } from "~/lib/db.server";
import type { TenantDb } from "~/lib/tenant-db.server";

const STATE_BYTES = 32;
/** Long enough to find one's password, short enough that a leaked address is worth nothing. */
const LIFE_MS = 10 * 60_000;

const rowsSchema = z.array(z.object({ shop_id: z.string(), user_id: z.uuid() })).max(1);

/**
 * Begins a login at a platform for a person in a shop. What is answered goes out with them and comes
 * back with the platform's answer; only its hash is stored. Good once, for ten minutes.
 */
export async function createOauthState(
  db: TenantDb,
  { shopId, userId, platform }: { shopId: string; userId: string; platform: "META" },
  now = new Date(),
): Promise<string> {
  const state = randomBytes(STATE_BYTES).toString("base64url");
  const stateHash = new Uint8Array(hashToken(state));
  const expiresAt = new Date(now.getTime() + LIFE_MS);
  await db.tx(async (tx) => {
    await tx.oauthState.deleteMany({ where: { shopId, expiresAt: { lt: now } } });
    await tx.oauthState.create({ data: { shopId, stateHash, userId, platform, expiresAt } });
  });
  return state;
}

/**
 * Whose login a state belongs to; it is used up by asking. null when it is unknown, was used or is
 * too old. The caller is nobody yet, hence no tenant's handle.
 */
export async function consumeOauthState(
  database: Database,
  state: string,
): Promise<{ shopId: string; userId: string } | null> {
  const rows = await database.prisma
    .$queryRaw`SELECT shop_id, user_id::text FROM app_dashboard.use_oauth_state(${hashToken(state)}::bytea)`;
  const [row] = rowsSchema.parse(rows);
  return row ? { shopId: row.shop_id, userId: row.user_id } : null;
}
