import type { HomeView } from "./home-view";
import { MarketingCard } from "./marketing-card";
import { MetaAccountCard } from "./meta-account-card";
import type { RunningView } from "./sync-view";
import type { WatchedStatus } from "./use-home-status";
import type { MetaActions } from "./use-meta-actions";
import type { MetaLogin } from "./use-meta-login";

interface MarketingDetailsProps {
  view: HomeView;
  status: WatchedStatus;
  login: MetaLogin;
  actions: MetaActions;
  loading: boolean;
}

/** Revenue against spend by day, and the ad account it comes from; nothing while there is none. */
export function MarketingDetails({ view, status, login, actions, loading }: MarketingDetailsProps) {
  const { meta } = status;
  if (!meta?.chosen || !view.marketing) return null;
  const { chosen, accounts } = meta;
  const { timezone, writing } = view;
  const backfill = meta.sync.running?.backfill ? meta.sync.running : null;
  return (
    <>
      <MarketingCard
        points={view.marketing.points}
        writing={writing}
        loading={loading}
        backfilling={backfill !== null}
        zones={chosen.timezone === timezone ? null : { shop: timezone, adAccount: chosen.timezone }}
      />
      <MetaAccountCard
        account={chosen}
        loaded={backfill && percentOf(backfill)}
        endsSoon={meta.endsSoon}
        locale={writing.locale}
        timezone={timezone}
        disconnecting={actions.disconnecting}
        onLogin={login.open}
        onChange={accounts.length > 1 ? () => actions.setChanging(true) : null}
        onDisconnect={actions.disconnect}
      />
    </>
  );
}

function percentOf({ done, total }: RunningView): number {
  return total ? Math.min(100, Math.floor((100 * done) / total)) : 0;
}
