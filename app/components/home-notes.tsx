import { Banner, BlockStack, Link, Text } from "@shopify/polaris";
import { BackfillCard } from "./backfill-card";
import { formatDay } from "./format";
import type { HomeView } from "./home-view";
import { hasMetaTrouble, MetaNote } from "./meta-note";
import type { WatchedStatus } from "./use-home-status";
import type { MetaLogin } from "./use-meta-login";

interface HomeNotesProps {
  view: HomeView;
  status: WatchedStatus;
  login: MetaLogin;
  onSyncAgain(platform: "SHOPIFY" | "META"): void;
  /** The request to sync again is on its way. */
  asking: boolean;
}

/**
 * What has to be known to read the figures right: one thing at a time (two banners side by side are
 * one too many), the most serious first. Errors stay until they are over.
 */
export function HomeNotes({ view, status, login, onSyncAgain, asking }: HomeNotesProps) {
  const { sync, meta, sawBackfill } = status;
  if (sync.error && !sync.running) {
    return (
      <Banner
        tone="critical"
        title="The last update from Shopify failed"
        action={{ content: "Try again", onAction: () => onSyncAgain("SHOPIFY"), loading: asking }}
        secondaryAction={{ content: "Sync details", url: "/app/sync" }}
      >
        <BlockStack gap="100">
          <Text as="p">{sync.error}</Text>
          <Text as="p">
            {view.historyComplete
              ? "The figures below are those of the last update that succeeded."
              : "Your order history is not complete, so the figures below are not final."}
          </Text>
        </BlockStack>
      </Banner>
    );
  }
  if (meta && hasMetaTrouble(meta)) {
    return (
      <MetaNote
        meta={meta}
        login={login}
        awaiting={status.awaitingMeta}
        onSyncAgain={() => onSyncAgain("META")}
        asking={asking}
      />
    );
  }
  if (sync.running?.backfill || sawBackfill) {
    return <BackfillCard running={sync.running} locale={view.writing.locale} />;
  }
  if (view.rangeProblem) {
    return (
      <Banner tone="warning">
        <Text as="p">{view.rangeProblem}</Text>
      </Banner>
    );
  }
  if (!view.historyComplete) {
    return (
      <Banner tone="info">
        <Text as="p">
          {sync.stopped ? "Loading your orders was canceled, so figures may be missing. " : ""}
          {view.completeFrom
            ? `Figures are complete from ${longDay(view.completeFrom, view)} on; earlier days have no values yet.`
            : "Your orders have not been loaded yet."}{" "}
          {sync.stopped ? <Link url="/app/sync">Go on loading</Link> : null}
        </Text>
      </Banner>
    );
  }
  return null;
}

const longDay = (day: string, { writing }: HomeView) =>
  formatDay(day, writing.locale, { month: "long", day: "numeric", year: "numeric" });
