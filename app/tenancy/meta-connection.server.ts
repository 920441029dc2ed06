import type { SecretBox } from "~/lib/crypto.server";
import { NeedsUserError } from "~/lib/errors";
import { shopOf, type TenantDb, type TenantTx } from "~/lib/tenant-db.server";
import { credentialBox, META_USER, openTokens, sealTokens } from "./credential-row.server";

const META = "META";

/** An ad account as pages show it. */
export interface AdAccountChoice {
  /** `act_123` */
  adAccountId: string;
  name: string;
  currency: string;
  ianaTimezone: string;
  /** Meta's number: 1 is active. */
  accountStatus: number | null;
  selected: boolean;
}

export interface MetaConnection {
  /** When the person's login ends; null when it does not. */
  expiresAt: Date | null;
  /** What the connected person may see, by name. */
  accounts: AdAccountChoice[];
}

/** How a shop is connected with Meta, without any secret; null when it is not. */
export async function metaConnection(db: TenantDb, shopId: string): Promise<MetaConnection | null> {
  return db.tx(async (tx) => {
    const credential = await tx.shopCredential.findUnique({
      where: { shopId_kind: { shopId, kind: META_USER } },
      select: { expiresAt: true },
    });
    if (!credential) return null;
    const rows = await tx.adAccount.findMany({
      where: { shopId, platform: META },
      orderBy: [{ name: "asc" }, { adAccountId: "asc" }],
    });
    const accounts = rows.map(({ name, ...row }) => ({
      adAccountId: row.adAccountId,
      name: name ?? row.adAccountId,
      currency: row.currency,
      ianaTimezone: row.ianaTimezone,
      accountStatus: row.accountStatus,
      selected: row.selected,
    }));
    return { expiresAt: credential.expiresAt, accounts };
  });
}

/** What a login at Meta brought. */
export interface MetaLogin {
  accessToken: string;
  expiresAt: Date | null;
  scopes: string[];
  accounts: Omit<AdAccountChoice, "selected">[];
}

/**
 * Keeps a login at Meta in the place of an earlier one. Ad accounts that the person no longer sees
 * go; the one that was chosen stays chosen, and a single one needs no choosing. Answers the chosen
 * ad account, null when a person has to choose. `tx` is of the shop's own handle.
 */
export async function storeMetaLogin(
  tx: TenantTx,
  shopId: string,
  login: MetaLogin,
  { box = credentialBox() }: { box?: SecretBox } = {},
): Promise<string | null> {
  const sealed = sealTokens(box, shopId, { ...login, refreshToken: null }, META_USER);
  const values = {
    accessToken: sealed.accessToken && new Uint8Array(sealed.accessToken),
    keyId: sealed.keyId,
    scopes: login.scopes.join(","),
    expiresAt: login.expiresAt,
  };
  await tx.shopCredential.upsert({
    where: { shopId_kind: { shopId, kind: META_USER } },
    create: { shopId, kind: META_USER, ...values },
    update: { ...values, version: { increment: 1 } },
  });
  const ids = login.accounts.map(({ adAccountId }) => adAccountId);
  await tx.adAccount.deleteMany({
    where: { shopId, platform: META, adAccountId: { notIn: ids } },
  });
  for (const { adAccountId, ...account } of login.accounts) {
    await tx.adAccount.upsert({
      where: { shopId_adAccountId: { shopId, adAccountId } },
      create: { shopId, adAccountId, platform: META, ...account },
      update: account,
    });
  }
  const [only] = ids.length === 1 ? ids : [];
  if (only) await selectAdAccount(tx, { shopId, adAccountId: only });
  const chosen = await tx.adAccount.findFirst({
    where: { shopId, platform: META, selected: true },
  });
  return chosen?.adAccountId ?? null;
}

/** Makes one ad account the shop's. Answers false, and changes nothing, when it is not among those seen. */
export async function selectAdAccount(
  tx: TenantTx,
  { shopId, adAccountId }: { shopId: string; adAccountId: string },
): Promise<boolean> {
  const seen = await tx.adAccount.findUnique({
    where: { shopId_adAccountId: { shopId, adAccountId } },
  });
  if (!seen) return false;
  await tx.adAccount.updateMany({
    where: { shopId, platform: META, NOT: { adAccountId } },
    data: { selected: false },
  });
  await tx.adAccount.update({
    where: { shopId_adAccountId: { shopId, adAccountId } },
    data: { selected: true },
  });
  return true;
}

/** Forgets token and ad accounts. The figures that were read stay. Answers whether there was a login. */
export async function forgetMetaLogin(tx: TenantTx, shopId: string): Promise<boolean> {
  await tx.adAccount.deleteMany({ where: { shopId, platform: META } });
  const { count } = await tx.shopCredential.deleteMany({ where: { shopId, kind: META_USER } });
  return count > 0;
}

/**
 * The token with which this shop's ads are read; `db` is the shop's own handle. Throws
 * NeedsUserError `META_RECONNECT` when there is none or it has ended.
 */
export async function readMetaToken(
  db: TenantDb,
  { now = new Date(), box = credentialBox() }: { now?: Date; box?: SecretBox } = {},
): Promise<string> {
  const key = { shopId: shopOf(db), kind: META_USER };
  const row = await db.tx((tx) => tx.shopCredential.findUnique({ where: { shopId_kind: key } }));
  const tokens = row && openTokens(box, row);
  if (!tokens?.accessToken) throw reconnect("This shop is not connected with Meta.");
  if (tokens.expiresAt && tokens.expiresAt <= now) throw reconnect("The login at Meta has ended.");
  return tokens.accessToken;
}

function reconnect(message: string): NeedsUserError {
  return new NeedsUserError(`${message} Connect Meta again.`, {
    code: "META_RECONNECT",
    task: "read_meta_token",
  });
}
