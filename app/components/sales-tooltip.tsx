import { BlockStack, Box, InlineStack, Text } from "@shopify/polaris";
import { formatDay, formatMoney, NO_VALUE, type Writing } from "./format";
import type { SalesPoint } from "./sales-points";

const LONG = { weekday: "short", month: "short", day: "numeric", year: "numeric" } as const;

/** What the chart says of the day under the pointer. */
export function SalesTooltip({ point, writing }: { point: SalesPoint; writing: Writing }) {
  const { date, value, beforeDate, before } = point;
  return (
    <Box
      background="bg-surface"
      padding="300"
      borderRadius="200"
      shadow="300"
      borderColor="border-secondary"
      borderWidth="025"
    >
      <BlockStack gap="100">
        <TooltipRow
          label={formatDay(date, writing.locale, LONG)}
          value={value === null ? NO_VALUE : formatMoney(value, writing)}
        />
        {beforeDate !== null && before !== null ? (
          <TooltipRow
            faint
            label={formatDay(beforeDate, writing.locale, LONG)}
            value={formatMoney(before, writing)}
          />
        ) : null}
      </BlockStack>
    </Box>
  );
}

function TooltipRow({ label, value, faint }: { label: string; value: string; faint?: boolean }) {
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
