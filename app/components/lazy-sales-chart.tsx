import { lazy, Suspense, useEffect, useState } from "react";
import { ChartSkeleton } from "./chart-skeleton";
import type { Writing } from "./format";
import type { SalesPoint } from "./sales-points";

const SalesChart = lazy(async () => ({ default: (await import("./sales-chart")).SalesChart }));

/** The chart as soon as its library has come: only in the browser, the server draws nothing. */
export function LazySalesChart(props: { points: readonly SalesPoint[]; writing: Writing }) {
  const [inBrowser, setInBrowser] = useState(false);
  useEffect(() => setInBrowser(true), []);
  if (!inBrowser) return <ChartSkeleton />;
  return (
    <Suspense fallback={<ChartSkeleton />}>
      <SalesChart {...props} />
    </Suspense>
  );
}
