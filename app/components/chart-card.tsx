import { BlockStack, Button, Card, InlineStack, Scrollable, Text } from "@shopify/polaris";
import { type ReactNode, useState } from "react";
import { ChartSkeleton } from "./chart-skeleton";

/** Chart, skeleton, table and empty state share it, so that nothing moves when one takes the other's place. */
const HEIGHT = "300px";

interface ChartCardProps {
  title: string;
  /** What it draws, for tests to find it by. */
  name: string;
  /** Other days are being read: the chart's place is held. */
  loading: boolean;
  /** Stands in the place of a chart with nothing to draw; null when there is something. */
  empty: ReactNode | null;
  chart(): ReactNode;
  /** The same figures for whoever would rather read than look. */
  table(): ReactNode;
  /** Below the chart: which line is which, and what has to be known. */
  children: ReactNode;
}

/** A chart that can be read as a table. */
export function ChartCard(props: ChartCardProps) {
  const { title, name, loading, empty, chart, table, children } = props;
  const [asTable, setAsTable] = useState(false);
  const drawn = (): ReactNode => {
    if (loading) return <ChartSkeleton />;
    if (empty) return empty;
    if (!asTable) return chart();
    return (
      <Scrollable style={{ height: HEIGHT }} focusable>
        {table()}
      </Scrollable>
    );
  };
  return (
    <Card roundedAbove="xs">
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingMd">
            {title}
          </Text>
          <Button
            variant="plain"
            onClick={() => setAsTable(!asTable)}
            disabled={empty !== null}
            accessibilityLabel={`${asTable ? "Show as chart" : "Show as table"}: ${title}`}
          >
            {asTable ? "Show as chart" : "Show as table"}
          </Button>
        </InlineStack>
        <div style={{ height: HEIGHT }} data-chart={name}>
          {drawn()}
        </div>
        {children}
      </BlockStack>
    </Card>
  );
}
