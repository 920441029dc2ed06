import { ChartCard } from "./chart-card";
import type { Writing } from "./format";
import { LazySalesChart } from "./lazy-charts";
import { NoSales } from "./no-sales";
import { SalesLegend } from "./sales-legend";
import type { SalesPoint } from "./sales-points";
import { SalesTable } from "./sales-table";

interface SalesCardProps {
  points: readonly SalesPoint[];
  /** The days of the period before, in words; null while it is not compared with. */
  beforeLabel: string | null;
  writing: Writing;
  /** Other days are being read: the chart's place is held. */
  loading: boolean;
  /** Why there is nothing to draw; null when there is. */
  empty: { historyComplete: boolean } | null;
}

/** Sales over time, as a line or as a table. */
export function SalesCard({ points, beforeLabel, writing, loading, empty }: SalesCardProps) {
  return (
    <ChartCard
      title="Net sales over time"
      name="net_sales"
      loading={loading}
      empty={empty && <NoSales historyComplete={empty.historyComplete} />}
      chart={() => <LazySalesChart points={points} writing={writing} />}
      table={() => <SalesTable points={points} writing={writing} />}
    >
      <SalesLegend beforeLabel={beforeLabel} />
    </ChartCard>
  );
}
