import { BlockStack, InlineStack, Text } from "@shopify/polaris";
import { ChartCard } from "./chart-card";
import type { Writing } from "./format";
import { LazyMarketingChart } from "./lazy-charts";
import { LegendEntry } from "./legend-entry";
import { MER_COLOR, REVENUE_COLOR, SPEND_COLOR } from "./marketing-colors";
import { MarketingTable } from "./marketing-table";
import { hasNoSpend, type MarketingPoint } from "./marketing-view";
import { NothingToDraw } from "./nothing-to-draw";

interface MarketingCardProps {
  points: readonly MarketingPoint[];
  writing: Writing;
  /** Other days are being read: the chart's place is held. */
  loading: boolean;
  /** The ad history is still on its way. */
  backfilling: boolean;
  /** The zones of shop and ad account, when they differ. */
  zones: { shop: string; adAccount: string } | null;
}

/** What came in against what was spent on ads, day by day. */
export function MarketingCard({
  points,
  writing,
  loading,
  backfilling,
  zones,
}: MarketingCardProps) {
  const empty = hasNoSpend(points) ? (
    <NothingToDraw title="No ad spend in these days">
      {backfilling
        ? "Your ad history is still being loaded, and shows up here by itself."
        : "Choose another date range, or come back when ads are running: spend shows up here within minutes."}
    </NothingToDraw>
  ) : null;
  return (
    <ChartCard
      title="Revenue against ad spend"
      name="marketing"
      loading={loading}
      empty={empty}
      chart={() => <LazyMarketingChart points={points} writing={writing} />}
      table={() => <MarketingTable points={points} writing={writing} />}
    >
      <BlockStack gap="200">
        <InlineStack gap="400">
          <LegendEntry label="Revenue (net sales)" line={`2.5px solid ${REVENUE_COLOR}`} />
          <LegendEntry label="Spend" fill={SPEND_COLOR} />
          <LegendEntry label="MER (right axis)" line={`1.5px dashed ${MER_COLOR}`} />
        </InlineStack>
        {zones ? (
          <Text as="p" variant="bodySm" tone="subdued">
            {`Spend is of the ad account's days (${zones.adAccount}), revenue of your shop's (${zones.shop}); equal dates stand together.`}
          </Text>
        ) : null}
      </BlockStack>
    </ChartCard>
  );
}
