import type { ShopCredential } from "@prisma/client";
import type { SealedSecret, SecretBox } from "~/lib/crypto.server";
import { createSecretBox } from "~/lib/crypto.server";
import { env } from "~/lib/env.server";
import { DefectError } from "~/lib/errors";

/** Offline tokens of a shop, in clear. Instants are null for tokens that do not expire. */
export interface OfflineTokens {
  accessToken: string | null;
  refreshToken: string | null;
  scopes: string | null;
  expiresAt: Date | null;
  refreshExpiresAt: Date | null;
}

export const SHOPIFY_OFFLINE = "SHOPIFY_OFFLINE";
/** The token of the person who connected Meta: `accessToken` alone. */
export const META_USER = "META_USER";
type CredentialKind = typeof SHOPIFY_OFFLINE | typeof META_USER;

type Part = "access" | "refresh";

/**
 * Binds a value to its row and column: a ciphertext copied elsewhere does not open. Shopify's, the
 * first kind there was, is not named.
 */
function aadOf(shopId: string, kind: string, part: Part): string {
  const row = kind === SHOPIFY_OFFLINE ? shopId : `${shopId}:${kind}`;
  return `shop_credentials:${row}:${part}`;
}

let shared: SecretBox | undefined;

/** The box over this process's CREDENTIAL_KEYS. */
export function credentialBox(): SecretBox {
  shared ??= createSecretBox(env().CREDENTIAL_KEYS);
  return shared;
}

/** Both tokens under one key, as the columns hold them. */
export function sealTokens(
  box: SecretBox,
  shopId: string,
  tokens: Pick<OfflineTokens, "accessToken" | "refreshToken">,
  kind: CredentialKind = SHOPIFY_OFFLINE,
): { accessToken: Buffer | null; refreshToken: Buffer | null; keyId: string } {
  const seal = (plain: string | null, part: Part): SealedSecret | null =>
    plain === null ? null : box.encryptSecret(plain, aadOf(shopId, kind, part));
  return {
    accessToken: seal(tokens.accessToken, "access")?.ciphertext ?? null,
    refreshToken: seal(tokens.refreshToken, "refresh")?.ciphertext ?? null,
    keyId: box.currentKeyId,
  };
}

/** The tokens of a row. Throws DefectError when they cannot be opened. */
export function openTokens(box: SecretBox, row: ShopCredential): OfflineTokens {
  const open = (ciphertext: Uint8Array | null, part: Part) =>
    ciphertext &&
    box.decryptSecret({ ciphertext, keyId: row.keyId }, aadOf(row.shopId, row.kind, part));
  try {
    return {
      accessToken: open(row.accessToken, "access"),
      refreshToken: open(row.refreshToken, "refresh"),
      scopes: row.scopes,
      expiresAt: row.expiresAt,
      refreshExpiresAt: row.refreshExpiresAt,
    };
  } catch (cause) {
    throw new DefectError(`The tokens of ${row.shopId} cannot be decrypted.`, {
      code: "CREDENTIALS_UNREADABLE",
      cause,
    });
  }
}
