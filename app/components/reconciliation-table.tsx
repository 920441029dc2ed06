import { Badge, BlockStack, DataTable, InlineStack, Text } from "@shopify/polaris";
import { METRICS } from "~/metrics/definitions";
import type { ReconciledDay, ReconciledFigure } from "~/metrics/reconciliation";
import { formatDay, formatMetric, formatMoney, LONG_DAY, NO_VALUE, type Writing } from "./format";

const STATES = {
  EQUAL: { tone: "success", words: "Equal to the cent" },
  REPAIRED: { tone: "info", words: "Repaired" },
  DIFFERS: { tone: "critical", words: "Differs" },
} as const;

/** What an order can break where Shopify's report may not be read. */
const IDENTITIES: Readonly<Record<string, string>> = {
  orders_off_total_price: "Orders whose sales do not add up to their total",
  orders_off_current_total: "Orders whose ledger does not add up to their current total",
  unclassified: "Sales that Shopify has not classified",
};

/** Each checked day: our total sales beside those of Shopify's own report, and what differs. */
export function ReconciliationTable({
  days,
  writing,
}: {
  days: readonly ReconciledDay[];
  writing: Writing;
}) {
  return (
    <DataTable
      columnContentTypes={["text", "numeric", "numeric", "text"]}
      headings={["Day", "Total sales here", "In Shopify's report", "Result"]}
      rows={days.map(({ day, total, state, figures }) => [
        formatDay(day, writing.locale, LONG_DAY),
        total ? formatMoney(total.ours, writing) : NO_VALUE,
        total ? formatMoney(total.theirs, writing) : NO_VALUE,
        <Result key={day} state={state} figures={figures} writing={writing} />,
      ])}
      verticalAlign="top"
      increasedTableDensity
    />
  );
}

function Result({
  state,
  figures,
  writing,
}: Pick<ReconciledDay, "state" | "figures"> & { writing: Writing }) {
  const { tone, words } = STATES[state];
  return (
    <BlockStack gap="100">
      <InlineStack>
        <Badge tone={tone}>{words}</Badge>
      </InlineStack>
      {figures.map((figure) => (
        <Text as="span" variant="bodySm" tone="subdued" key={figure.metric}>
          {figureWords(figure, writing)}
        </Text>
      ))}
    </BlockStack>
  );
}

/** "Gross sales: $105.00 here, $100.00 at Shopify", or what it was before it was repaired. */
function figureWords(figure: ReconciledFigure, writing: Writing): string {
  const definition = METRICS.find(({ id }) => id === figure.metric);
  const counted = figure.metric.startsWith("orders");
  const unit = definition?.unit ?? (counted ? "count" : "money");
  const label = IDENTITIES[figure.metric] ?? definition?.label ?? figure.metric;
  const write = (amount: string) => formatMetric(amount, unit, writing);
  if (figure.difference === "0" && figure.oursBefore !== null) {
    return `${label}: ${write(figure.oursBefore)} until repaired, now ${write(figure.ours)}`;
  }
  if (figure.metric in IDENTITIES) return `${label}: ${write(figure.ours)}`;
  return `${label}: ${write(figure.ours)} here, ${write(figure.theirs)} at Shopify`;
}
