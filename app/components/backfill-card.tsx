import { BlockStack, Card, InlineStack, ProgressBar, Text } from "@shopify/polaris";
import { formatCount, formatDuration } from "./format";
import { phaseInWords } from "./phases";
import { type RunningView, secondsLeft } from "./sync-view";

/** How far the loading of the history is: phase in plain words, bar, count, time left. */
export function BackfillCard({ running, locale }: { running: RunningView; locale: string }) {
  const { phase, done, total } = running;
  const left = secondsLeft(running);
  const percent = total ? Math.min(100, Math.floor((done / total) * 100)) : 0;
  const counted = total
    ? `${formatCount(done, locale)} of ${formatCount(total, locale)} orders`
    : null;
  return (
    <Card roundedAbove="xs">
      <BlockStack gap="300">
        <Text as="h2" variant="headingSm" id="backfill-title">
          Loading your order history
        </Text>
        <ProgressBar progress={percent} size="small" ariaLabelledBy="backfill-title" />
        <InlineStack align="space-between" gap="200">
          <Text as="p" variant="bodySm" tone="subdued">
            {[phaseInWords(phase), counted].filter(Boolean).join(" · ")}
          </Text>
          <Text as="p" variant="bodySm" tone="subdued">
            {left === null ? "You can leave this page" : `${formatDuration(left)} left`}
          </Text>
        </InlineStack>
      </BlockStack>
    </Card>
  );
}
