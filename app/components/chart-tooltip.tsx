import { BlockStack, Box, InlineStack, Text } from "@shopify/polaris";
import type { ReactNode } from "react";

/** The box under the pointer. */
export function ChartTooltip({ children }: { children: ReactNode }) {
  return (
    <Box
      background="bg-surface"
      padding="300"
      borderRadius="200"
      shadow="300"
      borderColor="border-secondary"
      borderWidth="025"
    >
      <BlockStack gap="100">{children}</BlockStack>
    </Box>
  );
}

interface TooltipRowProps {
  label: string;
  value: string;
  /** For what is only there to compare with. */
  faint?: boolean;
}

/** One thing and its value. */
export function TooltipRow({ label, value, faint }: TooltipRowProps) {
  return (
    <InlineStack align="space-between" gap="400" wrap={false}>
      <Text as="span" variant="bodySm" tone="subdued">
        {label}
      </Text>
      <Text
        as="span"
        variant="bodySm"
        {...(faint ? { tone: "subdued" } : { fontWeight: "semibold" })}
      >
        {value}
      </Text>
    </InlineStack>
  );
}
