import { BlockStack, Card, InlineStack, ProgressBar, Text } from "@shopify/polaris";
import { formatCount, formatDuration } from "./format";
import { progressOf } from "./phases";
import type { RunningView } from "./sync-view";

/** How far the loading of the history is: step in plain words, bar, count, speed and time left. */
export function BackfillCard({ running, locale }: { running: RunningView; locale: string }) {
  const { words, percent, orders } = progressOf(running.phase, running.done, running.total);
  const counted =
    orders && `${formatCount(orders.done, locale)} of ${formatCount(orders.total, locale)} orders`;
  return (
    <Card roundedAbove="xs">
      <BlockStack gap="300">
        <Text as="h2" variant="headingSm" id="backfill-title">
          Loading your order history
        </Text>
        <ProgressBar progress={percent} size="small" ariaLabelledBy="backfill-title" />
        <InlineStack align="space-between" gap="200">
          <Text as="p" variant="bodySm" tone="subdued">
            {counted ? `${words}: ${counted}` : `${words}…`}
          </Text>
          <Text as="p" variant="bodySm" tone="subdued">
            {orders ? pace(orders.total - orders.done, running.rate, locale) : ""}
          </Text>
        </InlineStack>
      </BlockStack>
    </Card>
  );
}

/** Nothing while the speed is not known yet. */
function pace(ordersLeft: number, rate: number | null, locale: string): string {
  if (!rate || rate <= 0 || ordersLeft <= 0) return "";
  const speed = `${formatCount(Math.round(rate), locale)} orders a second`;
  return `${speed}, ${formatDuration(ordersLeft / rate)} left`;
}
