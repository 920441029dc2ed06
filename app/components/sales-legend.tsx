import { InlineStack, Text } from "@shopify/polaris";

/** Which line is which. */
export function SalesLegend({ beforeLabel }: { beforeLabel: string | null }) {
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
