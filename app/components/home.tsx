import { BlockStack, Box, InlineStack, Page, Text } from "@shopify/polaris";
import { formatDays } from "./format";
import { HomeFreshness } from "./home-freshness";
import { HomeNotes } from "./home-notes";
import { HOME_METRICS, type HomeView, isEmpty } from "./home-view";
import { KpiGrid } from "./kpi-grid";
import { MarketingDetails } from "./marketing-details";
import { MarketingSection } from "./marketing-section";
import { type ChosenRange, RangeControl } from "./range-control";
import { SalesCard } from "./sales-card";
import type { WatchedStatus } from "./use-home-status";
import type { MetaActions } from "./use-meta-actions";
import type { MetaLogin } from "./use-meta-login";

interface HomeProps {
  view: HomeView;
  status: WatchedStatus;
  now: string;
  /** Another range is being read: its figures' places are held by skeletons. */
  loading: boolean;
  login: MetaLogin;
  actions: MetaActions;
  onSyncAgain(platform: "SHOPIFY" | "META"): void;
  /** The request to sync again is on its way. */
  asking: boolean;
  onChooseRange(chosen: Pick<ChosenRange, "range"> & Partial<ChosenRange>): void;
}

/** The page that opens first: how the shop sells and what its ads earn, over a range of its days. */
export function Home(props: HomeProps) {
  const { view, status, now, loading, login, actions, onChooseRange } = props;
  const { writing, range, before, today } = view;
  const beforeLabel = formatDays(before, writing.locale);
  const shared = { view, status, login };
  return (
    <Page>
      <Box paddingInline={{ xs: "300", sm: "0" }}>
        <BlockStack gap="400">
          <BlockStack gap="050">
            <Text as="h1" variant="headingLg">
              {view.shopName}
            </Text>
            <HomeFreshness
              status={status}
              now={now}
              locale={writing.locale}
              timezone={view.timezone}
            />
          </BlockStack>
          <HomeNotes {...shared} onSyncAgain={props.onSyncAgain} asking={props.asking} />
          <InlineStack gap="300" blockAlign="center">
            <RangeControl
              {...range}
              today={today}
              locale={writing.locale}
              onChoose={onChooseRange}
            />
            <Text as="p" variant="bodySm" tone="subdued">
              {formatDays(range, writing.locale)}
            </Text>
          </InlineStack>
          <div aria-busy={loading}>
            <BlockStack gap="400">
              <KpiGrid
                metrics={HOME_METRICS}
                totals={view.totals}
                totalsBefore={view.totalsBefore}
                beforeLabel={beforeLabel}
                writing={writing}
                loading={loading}
              />
              <MarketingSection
                {...shared}
                actions={actions}
                loading={loading}
                beforeLabel={beforeLabel}
              />
              <SalesCard
                points={view.points}
                beforeLabel={view.totalsBefore ? beforeLabel : null}
                writing={writing}
                loading={loading}
                empty={isEmpty(view) ? { historyComplete: view.historyComplete } : null}
              />
              <MarketingDetails {...shared} actions={actions} loading={loading} />
            </BlockStack>
          </div>
        </BlockStack>
      </Box>
    </Page>
  );
}
