import type { Entity } from "./accounts/entity";
import type { AdAccountWorld } from "./accounts/world";
import type { FaultList } from "./faults";
import type { RateLimiter } from "./limits/rate-limiter";
import type { MetaLimits, MetaPacing, MetaUser } from "./options";
import type { MetaRequestLog } from "./request-log";
import type { MetaState } from "./state";

/** What every part of the stand-in shares; made once. */
export interface MetaContext {
  appId: string;
  appSecret: string;
  appName: string;
  redirectUris: string[];
  requireProof: boolean;
  accounts: AdAccountWorld[];
  users: MetaUser[];
  state: MetaState;
  limits: MetaLimits;
  pacing: MetaPacing;
  limiter: RateLimiter;
  faults: FaultList;
  requests: MetaRequestLog;
  now(): Date;
  report(message: string): void;
}

/** An ad account by its id with or without `act_`, or null. */
export function accountOf(context: MetaContext, id: string): AdAccountWorld | null {
  const digits = id.replace(/^act_/, "");
  return context.accounts.find((account) => account.options.id === digits) ?? null;
}

/** The account that has an object of this id, and the object; null when there is none. */
export function entityOf(
  context: MetaContext,
  id: string,
): { account: AdAccountWorld; entity: Entity } | null {
  for (const account of context.accounts) {
    const entity = account.entity(id);
    if (entity) return { account, entity };
  }
  return null;
}

/** Whether a person was given an ad account. */
export function sees(context: MetaContext, userId: string, account: AdAccountWorld): boolean {
  const user = context.users.find((one) => one.id === userId);
  if (!user) return false;
  return user.adAccounts === undefined || user.adAccounts.includes(account.options.id);
}
