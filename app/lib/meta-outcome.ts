/** Why a login at Meta came to nothing. What each means for people is said by the page. */
export type MetaRefusal =
  /** The login is unknown, was used, or took too long. */
  | "stale"
  /** The person said no. */
  | "declined"
  /** The person said yes, but unticked what Merit needs. */
  | "permission"
  /** The person sees no ad account. */
  | "no_accounts"
  /** Meta said no. */
  | "refused"
  /** Meta cannot answer now. */
  | "unavailable"
  /** This installation has no Meta app. */
  | "off";

/** How a login at Meta ended. */
export type MetaOutcome =
  | { connected: true; shopId: string; shopName: string; toChoose: boolean }
  | { connected: false; shopId: string | null; refusal: MetaRefusal };
