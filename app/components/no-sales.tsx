import { NothingToDraw } from "./nothing-to-draw";

/** Stands where the chart would, when nothing was sold. */
export function NoSales({ historyComplete }: { historyComplete: boolean }) {
  return (
    <NothingToDraw title="No orders in these days">
      {historyComplete
        ? "Choose another date range, or come back after the next sale: new orders show up here within minutes."
        : "Your orders are still being loaded, and show up here by themselves as they arrive."}
    </NothingToDraw>
  );
}
