import { ChooseAdAccount } from "./choose-ad-account";
import { ConnectMetaCard } from "./connect-meta-card";
import type { HomeView } from "./home-view";
import { KpiGrid } from "./kpi-grid";
import { MARKETING_METRICS } from "./marketing-view";
import type { WatchedStatus } from "./use-home-status";
import type { MetaActions } from "./use-meta-actions";
import type { MetaLogin } from "./use-meta-login";

interface MarketingSectionProps {
  view: HomeView;
  status: WatchedStatus;
  login: MetaLogin;
  actions: MetaActions;
  loading: boolean;
  /** The days of the period before, in words. */
  beforeLabel: string;
}

/** The figures of advertising, or what is still to be done to have them. Nothing where Meta is not offered. */
export function MarketingSection(props: MarketingSectionProps) {
  const { view, status, login, actions, loading, beforeLabel } = props;
  const { meta, awaitingMeta } = status;
  if (!meta) return null;
  if (meta.stage === "connect") return <ConnectMetaCard login={login} awaiting={awaitingMeta} />;
  if (meta.stage === "choose" || actions.changing) {
    return (
      <ChooseAdAccount
        // Other accounts, another choice to begin with.
        key={meta.accounts.map(({ id }) => id).join()}
        accounts={meta.accounts}
        chosen={meta.chosen?.id ?? null}
        saving={actions.choosing}
        onChoose={actions.choose}
        onCancel={meta.chosen && (() => actions.setChanging(false))}
      />
    );
  }
  if (!view.marketing) return null;
  return (
    <KpiGrid
      metrics={MARKETING_METRICS}
      totals={view.marketing.totals}
      totalsBefore={view.marketing.totalsBefore}
      beforeLabel={beforeLabel}
      writing={view.writing}
      loading={loading}
    />
  );
}
