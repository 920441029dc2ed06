import { BlockStack, Card, ProgressBar, Text } from "@shopify/polaris";
import { progressOf } from "./phases";
import { progressLine } from "./progress-line";
import type { RunningView } from "./sync-view";

interface BackfillCardProps {
  /** null: it has ended while the page stood. The card stays, so that nothing jumps under the eye. */
  running: RunningView | null;
  locale: string;
}

/** How far the loading of the history is: bar, what is final already, step, count and time left. */
export function BackfillCard({ running, locale }: BackfillCardProps) {
  const progress = running && progressOf(running.phase, running.done, running.total);
  return (
    <Card roundedAbove="xs">
      <BlockStack gap="300">
        <Text as="h2" variant="headingSm" id="backfill-title">
          {running ? "Loading your order history" : "Your order history is loaded"}
        </Text>
        <ProgressBar
          progress={progress?.percent ?? 100}
          size="small"
          tone={running ? "highlight" : "success"}
          ariaLabelledBy="backfill-title"
        />
        <BlockStack gap="100">
          <Text as="p" variant="bodySm">
            {finality(running)}
          </Text>
          <div className="merit-progress-line">
            <Text as="p" variant="bodySm" tone="subdued">
              {running
                ? progressLine({ platform: "SHOPIFY", ...running }, locale)
                : "New orders show up by themselves from now on."}
            </Text>
          </div>
        </BlockStack>
      </BlockStack>
    </Card>
  );
}

/** What may be relied on already. */
function finality(running: RunningView | null): string {
  if (!running) return "Every figure below is complete.";
  return running.firstLight
    ? "The last 7 days are complete. Figures before are still being loaded."
    : "The last 7 days come first, then everything before.";
}
