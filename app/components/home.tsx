import { BlockStack, Box, InlineGrid, InlineStack, Page, Text } from "@shopify/polaris";
import { formatDays } from "./format";
import { Freshness } from "./freshness";
import { HomeNotes } from "./home-notes";
import { HOME_METRICS, type HomeView, isEmpty } from "./home-view";
import { KpiCard } from "./kpi-card";
import { type ChosenRange, RangeControl } from "./range-control";
import { SalesCard } from "./sales-card";
import type { WatchedSync } from "./use-sync-status";

interface HomeProps extends WatchedSync {
  view: HomeView;
  now: string;
  /** Another range is being read: its figures' places are held by skeletons. */
  loading: boolean;
  onSyncAgain(): void;
  /** The request to sync again is on its way. */
  asking: boolean;
  onChooseRange(chosen: Pick<ChosenRange, "range"> & Partial<ChosenRange>): void;
}

/** The page that opens first: how the shop sells, over a range of its days. */
export function Home(props: HomeProps) {
  const { view, sync, sawBackfill, now, loading, asking, onSyncAgain, onChooseRange } = props;
  const { writing, range, before, today } = view;
  const beforeLabel = formatDays(before, writing.locale);
  return (
    <Page>
      <Box paddingInline={{ xs: "300", sm: "0" }}>
        <BlockStack gap="400">
          <BlockStack gap="050">
            <Text as="h1" variant="headingLg">
              {view.shopName}
            </Text>
            <Freshness
              updatedAt={sync.lastSuccessAt}
              running={sync.running !== null}
              now={now}
              locale={writing.locale}
              timezone={view.timezone}
            />
          </BlockStack>
          <HomeNotes
            view={view}
            sync={sync}
            sawBackfill={sawBackfill}
            onSyncAgain={onSyncAgain}
            asking={asking}
          />
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
              <InlineGrid columns={{ xs: 2, lg: 4 }} gap={{ xs: "300", sm: "400" }}>
                {HOME_METRICS.map((metric) => (
                  <KpiCard
                    key={metric}
                    metric={metric}
                    value={view.totals[metric]}
                    before={view.totalsBefore?.[metric]}
                    beforeLabel={beforeLabel}
                    writing={writing}
                    loading={loading}
                  />
                ))}
              </InlineGrid>
              <SalesCard
                points={view.points}
                beforeLabel={view.totalsBefore ? beforeLabel : null}
                writing={writing}
                loading={loading}
                empty={isEmpty(view) ? { historyComplete: view.historyComplete } : null}
              />
            </BlockStack>
          </div>
        </BlockStack>
      </Box>
    </Page>
  );
}
