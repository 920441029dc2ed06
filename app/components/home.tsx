import { BlockStack, Box, InlineGrid, InlineStack, Page, Text } from "@shopify/polaris";
import { BackfillCard } from "./backfill-card";
import { formatDays } from "./format";
import { Freshness } from "./freshness";
import { HomeNotes } from "./home-notes";
import { HOME_METRICS, type HomeView, isEmpty } from "./home-view";
import { KpiCard } from "./kpi-card";
import { NoSales } from "./no-sales";
import { type ChosenRange, RangeControl } from "./range-control";
import { SalesCard } from "./sales-card";
import type { SyncView } from "./sync-view";

interface HomeProps {
  view: HomeView;
  /** The newest state of the synchronisation, which moves on while the page stands. */
  sync: SyncView;
  now: string;
  /** Another range is being read: its figures' places are held by skeletons. */
  loading: boolean;
  onChooseRange(chosen: Pick<ChosenRange, "range"> & Partial<ChosenRange>): void;
}

/** The page that opens first: how the shop sells, over a range of its days. */
export function Home({ view, sync, now, loading, onChooseRange }: HomeProps) {
  const { writing, range, before, today } = view;
  const beforeLabel = formatDays(before, writing.locale);
  return (
    <Page>
      <Box paddingInline={{ xs: "300", sm: "0" }}>
        <BlockStack gap="400">
          <InlineStack align="space-between" blockAlign="center" gap="300">
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
          </InlineStack>
          <HomeNotes view={view} sync={sync} />
          {sync.running?.backfill ? (
            <BackfillCard running={sync.running} locale={writing.locale} />
          ) : null}
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
              {isEmpty(view) && !loading ? (
                <NoSales historyComplete={view.historyComplete} />
              ) : (
                <SalesCard
                  points={view.points}
                  beforeLabel={view.totalsBefore ? beforeLabel : null}
                  writing={writing}
                  loading={loading}
                />
              )}
            </BlockStack>
          </div>
        </BlockStack>
      </Box>
    </Page>
  );
}
