import { BlockStack, Box, Button, Card, InlineStack, Scrollable, Text } from "@shopify/polaris";
import { lazy, Suspense, useEffect, useState } from "react";
import { CHART_HEIGHT } from "./chart-size";
import { ChartSkeleton } from "./chart-skeleton";
import type { Writing } from "./format";
import type { SalesPoint } from "./sales-points";
import { SalesTable } from "./sales-table";

const SalesChart = lazy(async () => ({ default: (await import("./sales-chart")).SalesChart }));

interface SalesCardProps {
  points: readonly SalesPoint[];
  /** The days of the period before, in words; null while it is not compared with. */
  beforeLabel: string | null;
  writing: Writing;
  /** Other days are being read: the chart's place is held. */
  loading: boolean;
}

/** Sales over time, as a line or as a table. */
export function SalesCard({ points, beforeLabel, writing, loading }: SalesCardProps) {
  const [asTable, setAsTable] = useState(false);
  const inBrowser = useInBrowser();
  return (
    <Card roundedAbove="xs">
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingMd">
            Net sales over time
          </Text>
          <Button variant="plain" onClick={() => setAsTable(!asTable)}>
            {asTable ? "Show as chart" : "Show as table"}
          </Button>
        </InlineStack>
        <Box minHeight={CHART_HEIGHT}>
          {asTable && !loading ? (
            <Scrollable style={{ height: CHART_HEIGHT }} focusable>
              <SalesTable points={points} writing={writing} />
            </Scrollable>
          ) : (
            <div style={{ height: CHART_HEIGHT }} data-chart="net_sales">
              {inBrowser && !loading ? (
                <Suspense fallback={<ChartSkeleton />}>
                  <SalesChart points={points} writing={writing} />
                </Suspense>
              ) : (
                <ChartSkeleton />
              )}
            </div>
          )}
        </Box>
        <Legend beforeLabel={beforeLabel} />
      </BlockStack>
    </Card>
  );
}

/** False on the server and while the page wakes up: the chart can only be drawn after. */
function useInBrowser(): boolean {
  const [inBrowser, setInBrowser] = useState(false);
  useEffect(() => setInBrowser(true), []);
  return inBrowser;
}

function Legend({ beforeLabel }: { beforeLabel: string | null }) {
  return (
    <InlineStack gap="400">
      <LegendEntry label="This period" line="2.5px solid var(--p-color-bg-fill-emphasis)" />
      {beforeLabel ? (
        <LegendEntry
          label={`Period before (${beforeLabel})`}
          line="1.5px dashed var(--p-color-icon-secondary)"
        />
      ) : null}
    </InlineStack>
  );
}

function LegendEntry({ label, line }: { label: string; line: string }) {
  return (
    <InlineStack gap="200" blockAlign="center" wrap={false}>
      <span aria-hidden="true" style={{ width: "20px", borderTop: line }} />
      <Text as="span" variant="bodySm" tone="subdued">
        {label}
      </Text>
    </InlineStack>
  );
}
