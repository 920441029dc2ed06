import { BlockStack, Box, Button, Card, InlineStack, Text } from "@shopify/polaris";
import { useState } from "react";
import type { Reconciliation, ReconciliationSummary } from "~/metrics/reconciliation";
import { formatInstant, type Writing } from "./format";
import { ReconciliationTable } from "./reconciliation-table";
import type { Clock } from "./sync-facts";

interface ReconciliationCardProps {
  reading: Reconciliation;
  writing: Writing;
  clock: Clock;
}

/** As many as fit without scrolling; the rest comes on demand. */
const FIRST_DAYS = 7;

/** Whether the figures here are Shopify's own, day by day. */
export function ReconciliationCard({ reading, writing, clock }: ReconciliationCardProps) {
  const { latest, days } = reading;
  const [all, setAll] = useState(false);
  const differing = days.filter(({ state }) => state === "DIFFERS");
  const shown = all ? days : [...new Set([...differing, ...days.slice(0, FIRST_DAYS)])];
  return (
    <Card roundedAbove="xs" padding="0">
      <section data-card="reconciliation" aria-labelledby="checked-title">
        <Box padding="400" paddingBlockEnd="300">
          <BlockStack gap="100">
            <Text as="h2" variant="headingMd" id="checked-title">
              Checked against Shopify
            </Text>
            <Text as="p" tone="subdued">
              {latest ? summaryOf(latest) : BEFORE_THE_FIRST}
            </Text>
            {latest ? (
              <Text as="p" variant="bodySm" tone="subdued">
                {`Last checked ${formatInstant(latest.checkedAt, clock.locale, clock.timezone)}. Merit checks each night.`}
              </Text>
            ) : null}
          </BlockStack>
        </Box>
        {shown.length > 0 ? <ReconciliationTable days={shown} writing={writing} /> : null}
        {shown.length < days.length || all ? (
          <Box padding="400" paddingBlockStart="200">
            <InlineStack>
              <Button variant="plain" onClick={() => setAll(!all)} ariaExpanded={all}>
                {all ? "Show fewer days" : `Show all ${days.length} days`}
              </Button>
            </InlineStack>
          </Box>
        ) : null}
      </section>
    </Card>
  );
}

const BEFORE_THE_FIRST =
  "Each night Merit holds every day's figures against Shopify's own sales report. The first check follows soon after your history is complete.";

function summaryOf({ method, days, daysDiffering, daysRepaired, failure }: ReconciliationSummary) {
  if (failure) return `The last check could not be finished: ${failure}`;
  const against =
    method === "IDENTITIES"
      ? "Merit may not read Shopify's sales report (the permission read_reports is missing), so each order was held against its own totals."
      : "";
  const outcome =
    daysDiffering === 0
      ? `All ${days} days are equal to the cent.`
      : `${daysDiffering} of ${days} days ${daysDiffering === 1 ? "differs" : "differ"}; Merit looks again each night.`;
  const repaired =
    daysRepaired > 0
      ? ` ${daysRepaired === 1 ? "1 day was" : `${daysRepaired} days were`} put right by reading orders again.`
      : "";
  return [against, outcome + repaired].filter(Boolean).join(" ");
}
