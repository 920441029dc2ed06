import { DataTable } from "@shopify/polaris";
import { formatDay, formatMoney, formatMultiple, NO_VALUE, type Writing } from "./format";
import type { MarketingPoint } from "./marketing-view";

/** The chart's figures as a table, for whoever would rather read than look. */
export function MarketingTable({
  points,
  writing,
}: {
  points: readonly MarketingPoint[];
  writing: Writing;
}) {
  const long = { month: "short", day: "numeric", year: "numeric" } as const;
  return (
    <DataTable
      columnContentTypes={["text", "numeric", "numeric", "numeric"]}
      headings={["Day", "Revenue", "Spend", "MER"]}
      rows={points.map(({ date, revenue, spend, mer }) => [
        formatDay(date, writing.locale, long),
        formatMoney(revenue, writing),
        spend === null ? NO_VALUE : formatMoney(spend, writing),
        mer === null ? NO_VALUE : formatMultiple(mer, writing.locale),
      ])}
      increasedTableDensity
      stickyHeader
    />
  );
}
