import { Badge, BlockStack, Card, InlineStack, Text } from "@shopify/polaris";
import { SyncButtons } from "./sync-buttons";
import { type Clock, SyncFacts } from "./sync-facts";
import { SyncNow } from "./sync-now";
import type { PlatformView } from "./sync-page-view";
import type { SyncActions } from "./use-sync-actions";

interface SyncCardProps {
  view: PlatformView;
  clock: Clock;
  actions: SyncActions;
}

/** A platform: how it stands in words, its times, what runs, and what a person can do. */
export function SyncCard({ view, clock, actions }: SyncCardProps) {
  const { platform, name, badge, state } = view;
  return (
    <Card roundedAbove="xs">
      <section data-platform={platform} aria-labelledby={`sync-${platform}`}>
        <BlockStack gap="300">
          <InlineStack gap="200" blockAlign="center">
            <Text as="h2" variant="headingMd" id={`sync-${platform}`}>
              {name}
            </Text>
            <Badge {...(badge.tone ? { tone: badge.tone } : {})}>{badge.label}</Badge>
          </InlineStack>
          <SyncNow view={view} locale={clock.locale} />
          {state === "disconnected" ? null : (
            <>
              <SyncFacts view={view} clock={clock} />
              <SyncButtons view={view} actions={actions} />
            </>
          )}
        </BlockStack>
      </section>
    </Card>
  );
}
