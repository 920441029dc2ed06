import { randomBytes } from "node:crypto";
import { z } from "zod";
import { hashToken } from "~/lib/crypto.server";
import type { Database } from "~/lib/db.server";
import { shopOf, type TenantDb } from "~/lib/tenant-db.server";

const PREFIX = "merit_";
const TOKEN_BYTES = 32;

const rowsSchema = z.tuple([z.object({ shop_id: z.string().nullable() })]);

/**
 * Makes a read-only token of the API for the handle's shop. The token is answered once and never
 * again: only its hash is stored.
 */
export async function createApiToken(
  db: TenantDb,
  { name }: { name: string },
): Promise<{ token: string; id: string }> {
  const token = `${PREFIX}${randomBytes(TOKEN_BYTES).toString("base64url")}`;
  const tokenHash = new Uint8Array(hashToken(token));
  const { id } = await db.tx((tx) =>
    tx.apiToken.create({ data: { shopId: shopOf(db), name, tokenHash }, select: { id: true } }),
  );
  return { token, id };
}

/**
 * The shop that a token opens, or null for an unknown or revoked one. The caller is nobody yet, so
 * this is the one question that is asked without a tenant's handle.
 */
export async function resolveApiToken(database: Database, token: string): Promise<string | null> {
  if (!token.startsWith(PREFIX)) return null;
  const rows = await database.prisma
    .$queryRaw`SELECT app_dashboard.resolve_api_token(${hashToken(token)}::bytea) AS shop_id`;
  return rowsSchema.parse(rows)[0].shop_id;
}

/** Ends a token at once. Answers whether it was the shop's and still alive. */
export async function revokeApiToken(db: TenantDb, id: string): Promise<boolean> {
  const { count } = await db.tx((tx) =>
    tx.apiToken.updateMany({
      where: { shopId: shopOf(db), id, revokedAt: null },
      data: { revokedAt: new Date() },
    }),
  );
  return count === 1;
}
