import { lazy, type ReactNode, Suspense, useEffect, useState } from "react";
import { ChartSkeleton } from "./chart-skeleton";
import type { Writing } from "./format";
import type { MarketingPoint } from "./marketing-view";
import type { SalesPoint } from "./sales-points";

// Both share one library, which comes once.
const SalesChart = lazy(async () => ({ default: (await import("./sales-chart")).SalesChart }));
const MarketingChart = lazy(async () => ({
  default: (await import("./marketing-chart")).MarketingChart,
}));

/** Sales over time as soon as the library has come. */
export function LazySalesChart(props: { points: readonly SalesPoint[]; writing: Writing }) {
  return (
    <WhenInBrowser>
      <SalesChart {...props} />
    </WhenInBrowser>
  );
}

/** Revenue against spend, likewise. */
export function LazyMarketingChart(props: { points: readonly MarketingPoint[]; writing: Writing }) {
  return (
    <WhenInBrowser>
      <MarketingChart {...props} />
    </WhenInBrowser>
  );
}

/** Holds a chart's place until it can be drawn: the server draws nothing. */
function WhenInBrowser({ children }: { children: ReactNode }) {
  const [inBrowser, setInBrowser] = useState(false);
  useEffect(() => setInBrowser(true), []);
  if (!inBrowser) return <ChartSkeleton />;
  return <Suspense fallback={<ChartSkeleton />}>{children}</Suspense>;
}
