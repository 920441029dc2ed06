import { DataTable } from "@shopify/polaris";
import { formatDay, formatMoney, NO_VALUE, type Writing } from "./format";
import type { SalesPoint } from "./sales-points";

/** The chart's figures as a table, for whoever would rather read than look. */
export function SalesTable({
  points,
  writing,
}: {
  points: readonly SalesPoint[];
  writing: Writing;
}) {
  const day = (date: string) =>
    formatDay(date, writing.locale, { month: "short", day: "numeric", year: "numeric" });
  const money = (amount: string | null) =>
    amount === null ? NO_VALUE : formatMoney(amount, writing);
  return (
    <DataTable
      columnContentTypes={["text", "numeric", "numeric"]}
      headings={["Day", "Net sales", "Period before"]}
      rows={points.map(({ date, value, before }) => [day(date), money(value), money(before)])}
      increasedTableDensity
      stickyHeader
    />
  );
}
