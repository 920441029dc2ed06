import { ChartTooltip, TooltipRow } from "./chart-tooltip";
import { formatDay, formatMoney, LONG_DAY, NO_VALUE, type Writing } from "./format";
import type { SalesPoint } from "./sales-points";

/** What the chart says of the day under the pointer. */
export function SalesTooltip({ point, writing }: { point: SalesPoint; writing: Writing }) {
  const { date, value, beforeDate, before } = point;
  return (
    <ChartTooltip>
      <TooltipRow
        label={formatDay(date, writing.locale, LONG_DAY)}
        value={value === null ? NO_VALUE : formatMoney(value, writing)}
      />
      {beforeDate !== null && before !== null ? (
        <TooltipRow
          faint
          label={formatDay(beforeDate, writing.locale, LONG_DAY)}
          value={formatMoney(before, writing)}
        />
      ) : null}
    </ChartTooltip>
  );
}
