import { Badge } from "@shopify/polaris";
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

/**
 * Each checked day: our total sales beside those of Shopify's own report, and what differs; on a
 * narrow screen a list.
 */
export function ReconciliationTable({
  days,
  writing,
}: {
  days: readonly ReconciledDay[];
  writing: Writing;
}) {
  return (
    <table className="merit-checked" aria-labelledby="checked-title">
      <thead>
        <tr>
          <th scope="col">Day</th>
          <th scope="col">Total sales here</th>
          <th scope="col">{SHOPIFYS}</th>
          <th scope="col">Result</th>
        </tr>
      </thead>
      <tbody>
        {days.map((day) => (
          <DayRow key={day.day} checked={day} writing={writing} />
        ))}
      </tbody>
    </table>
  );
}

const SHOPIFYS = "In Shopify's report";

function DayRow({ checked, writing }: { checked: ReconciledDay; writing: Writing }) {
  const { day, total, state, figures } = checked;
  const { tone, words } = STATES[state];
  return (
    <tr>
      <th scope="row">{formatDay(day, writing.locale, LONG_DAY)}</th>
      <td data-label="Here">{total ? formatMoney(total.ours, writing) : NO_VALUE}</td>
      <td data-label="Shopify">{total ? formatMoney(total.theirs, writing) : NO_VALUE}</td>
      <td className="merit-checked-result">
        <Badge tone={tone}>{words}</Badge>
        {figures.map((figure) => (
          <p key={figure.metric}>{figureWords(figure, writing)}</p>
        ))}
      </td>
    </tr>
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
