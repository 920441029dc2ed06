import { Banner, BlockStack, Text } from "@shopify/polaris";
import type { HomeView } from "./home-view";
import type { SyncView } from "./sync-view";

/**
 * What has to be known to read the figures right: at most one banner (two side by side are one too
 * many), the most serious first.
 */
export function HomeNotes({ view, sync }: { view: HomeView; sync: SyncView }) {
  if (sync.error && !sync.running) {
    return (
      <Banner tone="critical" title="The last update from Shopify failed">
        <BlockStack gap="100">
          <Text as="p">{sync.error}</Text>
          <Text as="p">The figures below are those of the last update that succeeded.</Text>
        </BlockStack>
      </Banner>
    );
  }
  if (view.rangeProblem) {
    return (
      <Banner tone="warning">
        <Text as="p">{view.rangeProblem}</Text>
      </Banner>
    );
  }
  if (!view.historyComplete) {
    return (
      <Banner tone="info">
        <Text as="p">
          {sync.running?.firstLight
            ? "The last 7 days are complete. Figures before them are still being loaded, so longer ranges are not final and are not compared with the period before."
            : "Your orders are being loaded. The last 7 days come first, then the whole history; until then figures are not final."}
        </Text>
      </Banner>
    );
  }
  return null;
}
