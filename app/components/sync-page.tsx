import { BlockStack, Box, Page, Text } from "@shopify/polaris";
import { JobHistory } from "./job-history";
import { ReconciliationCard } from "./reconciliation-card";
import { RereadOrder } from "./reread-order";
import { SyncCard } from "./sync-card";
import type { SyncPageView } from "./sync-page-view";
import type { SyncActions } from "./use-sync-actions";

interface SyncPageProps {
  view: SyncPageView;
  now: string;
  actions: SyncActions;
}

/** How the shop's data is kept up to date: each platform, what can be done, and what was done. */
export function SyncPage({ view, now, actions }: SyncPageProps) {
  const clock = { now, locale: view.locale, timezone: view.timezone };
  return (
    <Page>
      <Box paddingInline={{ xs: "300", sm: "0" }} paddingBlockEnd="600">
        <BlockStack gap="400">
          <BlockStack gap="050">
            <Text as="h1" variant="headingLg">
              Sync
            </Text>
            <Text as="p" variant="bodySm" tone="subdued">
              {`How Merit keeps your figures up to date. Times are ${zoneName(view.timezone)} time, as your shop is set.`}
            </Text>
          </BlockStack>
          {view.platforms.map((platform) => (
            <SyncCard key={platform.platform} view={platform} clock={clock} actions={actions} />
          ))}
          <ReconciliationCard reading={view.reconciliation} writing={view.writing} clock={clock} />
          <RereadOrder actions={actions} />
          <JobHistory rows={view.history} clock={clock} actions={actions} />
        </BlockStack>
      </Box>
    </Page>
  );
}

/** "America/New_York" as people write it. */
const zoneName = (zone: string) => (zone.split("/").at(-1) ?? zone).replaceAll("_", " ");
