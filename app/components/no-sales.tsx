import { BlockStack, Text } from "@shopify/polaris";

/** Stands where the chart would, when there is nothing to draw. */
export function NoSales({ historyComplete }: { historyComplete: boolean }) {
  return (
    <div style={{ height: "100%", display: "grid", placeContent: "center" }}>
      <BlockStack gap="200" inlineAlign="center">
        <Text as="h3" variant="headingMd" alignment="center">
          No orders in these days
        </Text>
        <Text as="p" tone="subdued" alignment="center">
          {historyComplete
            ? "Choose another date range, or come back after the next sale: new orders show up here within minutes."
            : "Your orders are still being loaded, and show up here by themselves as they arrive."}
        </Text>
      </BlockStack>
    </div>
  );
}
