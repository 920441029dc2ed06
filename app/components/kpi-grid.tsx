import { InlineGrid } from "@shopify/polaris";
import type { MetricId } from "~/metrics/definitions";
import type { Writing } from "./format";
import { KpiCard } from "./kpi-card";

interface KpiGridProps<Id extends MetricId> {
  metrics: readonly Id[];
  totals: Record<Id, string | number | null>;
  /** null while the period before cannot be compared with. */
  totalsBefore: Record<Id, string | number | null> | null;
  /** The days of the period before, in words. */
  beforeLabel: string;
  writing: Writing;
  loading: boolean;
}

/** Four figures side by side; two by two on a narrow screen. */
export function KpiGrid<Id extends MetricId>(props: KpiGridProps<Id>) {
  const { metrics, totals, totalsBefore, ...others } = props;
  return (
    <InlineGrid columns={{ xs: 2, lg: 4 }} gap={{ xs: "300", sm: "400" }}>
      {metrics.map((metric) => (
        <KpiCard
          key={metric}
          metric={metric}
          value={totals[metric]}
          before={totalsBefore?.[metric]}
          {...others}
        />
      ))}
    </InlineGrid>
  );
}
