import { InlineStack } from "@shopify/polaris";
import { LegendEntry } from "./legend-entry";

/** Which line is which. */
export function SalesLegend({ beforeLabel }: { beforeLabel: string | null }) {
  return (
    <InlineStack gap="400">
      <LegendEntry label="This period" line="2.5px solid var(--p-color-bg-fill-emphasis)" />
      {beforeLabel ? (
        <LegendEntry
          label={`Period before (${beforeLabel})`}
          line="1.5px dashed var(--p-color-icon-secondary)"
        />
      ) : null}
    </InlineStack>
  );
}
