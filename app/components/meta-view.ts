import { type SyncState, type SyncView, syncView } from "./sync-view";

/** An ad account as people choose it and see it named. */
export interface AdAccountView {
  id: string;
  name: string;
  currency: string;
  /** IANA: its days are days of this zone. */
  timezone: string;
  /** What is to be known before it is chosen; null when nothing is. */
  caveat: string | null;
}

/** How the shop stands with Meta, as Home shows it; instants are ISO strings. */
export interface MetaView {
  /** `connect`: nobody has; `choose`: which ad account; `reconnect`: the login has ended. */
  stage: "connect" | "choose" | "connected" | "reconnect";
  accounts: AdAccountView[];
  /** The one whose figures are shown. */
  chosen: AdAccountView | null;
  /** When the login ends, if within a week; null otherwise. */
  endsSoon: string | null;
  sync: SyncView;
}

/** What is known of a shop's Meta (app/commands). */
export interface MetaReading {
  connection: {
    expiresAt: Date | null;
    accounts: {
      adAccountId: string;
      name: string;
      currency: string;
      ianaTimezone: string;
      accountStatus: number | null;
      selected: boolean;
    }[];
  } | null;
  sync: SyncState;
}

const SOON_MS = 7 * 86_400_000;
/** Only a person can mend these: see the error table of Meta's connector. */
const DEAD_LOGIN = "META_RECONNECT";

const STATUS: Record<number, string> = {
  2: "Disabled at Meta",
  3: "Has an unpaid balance at Meta",
  7: "Under review at Meta",
  8: "Waits for a payment at Meta",
  9: "In its grace period at Meta",
  100: "About to be closed",
  101: "Closed at Meta",
};

/** The state of a shop's Meta as a page is given it; null when there is none to offer. */
export function metaView(
  reading: MetaReading | null,
  { now, currency }: { now: Date; currency: string },
): MetaView | null {
  if (!reading) return null;
  const { connection, sync } = reading;
  const accounts = (connection?.accounts ?? []).map(
    ({ adAccountId, name, ianaTimezone, accountStatus, selected, ...account }) => ({
      view: {
        id: adAccountId,
        name,
        currency: account.currency,
        timezone: ianaTimezone,
        caveat: caveatOf(account.currency, accountStatus, currency),
      },
      selected,
    }),
  );
  const expiresAt = connection?.expiresAt ?? null;
  const chosen = accounts.find(({ selected }) => selected)?.view ?? null;
  return {
    stage: stageOf(reading, chosen, now),
    accounts: accounts.map(({ view }) => view).sort(plainFirst),
    chosen,
    endsSoon:
      expiresAt && expiresAt.getTime() - now.getTime() < SOON_MS ? expiresAt.toISOString() : null,
    sync: syncView(sync, now),
  };
}

/** What needs no caveat is most likely meant; otherwise in the order given. */
function plainFirst(a: AdAccountView, b: AdAccountView): number {
  return Number(a.caveat !== null) - Number(b.caveat !== null);
}

function stageOf(
  { connection, sync }: MetaReading,
  chosen: AdAccountView | null,
  now: Date,
): MetaView["stage"] {
  if (!connection) return "connect";
  const expired = connection.expiresAt !== null && connection.expiresAt <= now;
  if (expired || (!sync.running && sync.lastError?.code === DEAD_LOGIN)) return "reconnect";
  return chosen ? "connected" : "choose";
}

function caveatOf(currency: string, status: number | null, ofShop: string): string | null {
  const standing = status === null ? undefined : STATUS[status];
  if (currency === ofShop) return standing ?? null;
  const apart = `Its money is ${currency} and cannot be set against sales in ${ofShop}`;
  return standing ? `${standing}. ${apart}` : apart;
}
