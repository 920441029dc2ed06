import { BlockStack, Card, Text } from "@shopify/polaris";
import { CHART_HEIGHT } from "./chart-size";

/** Stands where the chart would, when there is nothing to draw. */
export function NoSales({ historyComplete }: { historyComplete: boolean }) {
  return (
    <Card roundedAbove="xs">
      <div
        style={{
          minHeight: `calc(${CHART_HEIGHT} + 4.5rem)`,
          display: "grid",
          placeContent: "center",
        }}
      >
        <BlockStack gap="200" inlineAlign="center">
          <Text as="h2" variant="headingMd" alignment="center">
            No orders in these days
          </Text>
          <Text as="p" tone="subdued" alignment="center">
            {historyComplete
              ? "Choose another date range, or come back after the next sale: new orders show up here within minutes."
              : "Your orders are still being loaded, and show up here by themselves as they arrive."}
          </Text>
        </BlockStack>
      </div>
    </Card>
  );
}
