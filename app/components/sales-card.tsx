import { BlockStack, Button, Card, InlineStack, Scrollable, Text } from "@shopify/polaris";
import { type ReactNode, useState } from "react";
import { ChartSkeleton } from "./chart-skeleton";
import type { Writing } from "./format";
import { LazySalesChart } from "./lazy-sales-chart";
import { NoSales } from "./no-sales";
import { SalesLegend } from "./sales-legend";
import type { SalesPoint } from "./sales-points";
import { SalesTable } from "./sales-table";

/** Chart, skeleton, table and empty state share it, so that nothing moves when one takes the other's place. */
const HEIGHT = "300px";

interface SalesCardProps {
  points: readonly SalesPoint[];
  /** The days of the period before, in words; null while it is not compared with. */
  beforeLabel: string | null;
  writing: Writing;
  /** Other days are being read: the chart's place is held. */
  loading: boolean;
  /** Why there is nothing to draw; null when there is. */
  empty: { historyComplete: boolean } | null;
}

/** Sales over time, as a line or as a table. */
export function SalesCard({ points, beforeLabel, writing, loading, empty }: SalesCardProps) {
  const [asTable, setAsTable] = useState(false);
  const drawn = (): ReactNode => {
    if (loading) return <ChartSkeleton />;
    if (empty) return <NoSales historyComplete={empty.historyComplete} />;
    if (!asTable) return <LazySalesChart points={points} writing={writing} />;
    return (
      <Scrollable style={{ height: HEIGHT }} focusable>
        <SalesTable points={points} writing={writing} />
      </Scrollable>
    );
  };
  return (
    <Card roundedAbove="xs">
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingMd">
            Net sales over time
          </Text>
          <Button variant="plain" onClick={() => setAsTable(!asTable)} disabled={empty !== null}>
            {asTable ? "Show as chart" : "Show as table"}
          </Button>
        </InlineStack>
        <div style={{ height: HEIGHT }} data-chart="net_sales">
          {drawn()}
        </div>
        <SalesLegend beforeLabel={beforeLabel} />
      </BlockStack>
    </Card>
  );
}
