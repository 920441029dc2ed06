import { Text } from "@shopify/polaris";
import { ChartTooltip, TooltipRow } from "./chart-tooltip";
import { formatDay, formatMoney, formatMultiple, LONG_DAY, NO_VALUE, type Writing } from "./format";
import type { MarketingPoint } from "./marketing-view";

/** What the chart says of the day under the pointer. */
export function MarketingTooltip({ point, writing }: { point: MarketingPoint; writing: Writing }) {
  const { date, revenue, spend, mer } = point;
  return (
    <ChartTooltip>
      <Text as="span" variant="bodySm" fontWeight="semibold">
        {formatDay(date, writing.locale, LONG_DAY)}
      </Text>
      <TooltipRow label="Revenue" value={formatMoney(revenue, writing)} />
      <TooltipRow label="Spend" value={spend === null ? NO_VALUE : formatMoney(spend, writing)} />
      <TooltipRow
        label="MER"
        value={mer === null ? NO_VALUE : formatMultiple(mer, writing.locale)}
      />
    </ChartTooltip>
  );
}
