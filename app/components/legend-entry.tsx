import { InlineStack, Text } from "@shopify/polaris";

interface LegendEntryProps {
  label: string;
  /** As the border that stands for a line, or a fill that stands for bars. */
  line?: string;
  fill?: string;
}

/** How something is drawn, and what it is. */
export function LegendEntry({ label, line, fill }: LegendEntryProps) {
  const mark = fill
    ? { width: "12px", height: "12px", borderRadius: "2px", background: fill }
    : { width: "20px", borderTop: line };
  return (
    <InlineStack gap="200" blockAlign="center" wrap={false}>
      <span aria-hidden="true" style={mark} />
      <Text as="span" variant="bodySm" tone="subdued">
        {label}
      </Text>
    </InlineStack>
  );
}
