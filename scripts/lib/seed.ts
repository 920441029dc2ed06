import { randomUUID } from "node:crypto";
import { z } from "zod";
import { createSecretBox } from "~/lib/crypto.server";
import { createDatabase } from "~/lib/db.server";
import { type TenantTx, tenantDb } from "~/lib/tenant-db.server";
import { storeTokens } from "~/tenancy/credentials.server";
import { recordShopUser } from "~/tenancy/users.server";

const blankIsUnset = (value: unknown) => (value === "" ? undefined : value);
const text = (fallback: string) => z.preprocess(blankIsUnset, z.string().default(fallback));
const optional = z.preprocess(blankIsUnset, z.string().optional());

/** What `db:seed` reads from the environment. */
const seedSchema = z.object({
  SEED_SHOP: z.preprocess(
    blankIsUnset,
    z
      .string({ error: "is missing" })
      .regex(/^[a-z0-9][a-z0-9-]*\.myshopify\.com$/, "must be a myshopify.com domain"),
  ),
  SEED_ACCOUNT_NAME: text("Seeded account"),
  SEED_CURRENCY: text("USD"),
  SEED_TIMEZONE: text("UTC"),
  SEED_USER_EMAIL: text("owner@example.com"),
  SEED_SHOPIFY_USER_ID: z.preprocess(blankIsUnset, z.coerce.bigint().default(1n)),
  SEED_ACCESS_TOKEN: optional,
  SEED_REFRESH_TOKEN: optional,
  CREDENTIAL_KEYS: z.preprocess(blankIsUnset, z.string({ error: "is missing" })),
});

export type Seed = z.infer<typeof seedSchema>;

/** Reads the seed's variables; one message names all that are wrong. */
export function parseSeed(source: Record<string, string | undefined>): Seed {
  const result = seedSchema.safeParse(source);
  if (result.success) return result.data;
  const wrong = result.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
  throw new Error(`The seed's variables are not right:\n${wrong.join("\n")}\nSee docs/env.md.`);
}

async function ensureShop(tx: TenantTx, seed: Seed): Promise<void> {
  const profile = { currency: seed.SEED_CURRENCY, ianaTimezone: seed.SEED_TIMEZONE };
  const shopId = seed.SEED_SHOP;
  const { count } = await tx.shop.updateMany({ where: { shopId }, data: profile });
  if (count > 0) return;
  const accountId = randomUUID();
  // createMany asks for nothing back: an account can be seen only once it has a shop.
  await tx.account.createMany({
    data: [{ id: accountId, kind: "MERCHANT", name: seed.SEED_ACCOUNT_NAME }],
  });
  await tx.shop.create({
    data: { ...profile, shopId, accountId, name: shopId, installedAt: new Date() },
  });
}

/**
 * An account with one shop and one user and, when tokens are given, the shop's credentials. Works
 * with the web's rights at `webUrl`, and may be run again: what is there is brought up to date.
 * Answers whether credentials were stored.
 */
export async function seedDatabase(webUrl: string, seed: Seed): Promise<boolean> {
  const database = createDatabase({ url: webUrl, poolSize: 1, applicationName: "merit-seed" });
  try {
    const db = tenantDb(database, { kind: "shop", shopId: seed.SEED_SHOP });
    await db.tx(async (tx) => {
      await ensureShop(tx, seed);
      await recordShopUser(tx, {
        shopId: seed.SEED_SHOP,
        shopifyUserId: seed.SEED_SHOPIFY_USER_ID,
        email: seed.SEED_USER_EMAIL,
        emailVerified: true,
        firstName: null,
        lastName: null,
        locale: "en",
      });
    });
    if (!seed.SEED_ACCESS_TOKEN) return false;
    const tokens = {
      accessToken: seed.SEED_ACCESS_TOKEN,
      refreshToken: seed.SEED_REFRESH_TOKEN ?? null,
      scopes: null,
      // With a refresh token the age of the access token is unknown: it is refreshed at first use.
      expiresAt: seed.SEED_REFRESH_TOKEN ? new Date() : null,
      refreshExpiresAt: null,
    };
    return await storeTokens(db, tokens, { box: createSecretBox(seed.CREDENTIAL_KEYS) });
  } finally {
    await database.close();
  }
}
