import { BlockStack, Text } from "@shopify/polaris";

/** Stands where a chart would, when there is nothing to draw. */
export function NothingToDraw({ title, children }: { title: string; children: string }) {
  return (
    <div style={{ height: "100%", display: "grid", placeContent: "center" }}>
      <BlockStack gap="200" inlineAlign="center">
        <Text as="h3" variant="headingMd" alignment="center">
          {title}
        </Text>
        <Text as="p" tone="subdued" alignment="center">
          {children}
        </Text>
      </BlockStack>
    </div>
  );
}
