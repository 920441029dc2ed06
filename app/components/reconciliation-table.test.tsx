import { AppProvider } from "@shopify/polaris";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { ReconciledDay } from "~/metrics/reconciliation";
import { ReconciliationTable } from "./reconciliation-table";

const writing = { locale: "en-US", currency: "USD" };
const at = "2026-06-04T03:05:00.000Z";

function textOf(days: ReconciledDay[]): string {
  const html = renderToStaticMarkup(
    <AppProvider i18n={{}}>
      <ReconciliationTable days={days} writing={writing} />
    </AppProvider>,
  );
  return html
    .replace(/<[^>]+>/g, "|")
    .replace(/&#x27;/g, "'")
    .replace(/\|+/g, "|");
}

test("says of each day what both sides hold, and to the cent what differs or did", () => {
  const figure = { metric: "gross_sales", ours: "105", theirs: "100", difference: "5" };
  const text = textOf([
    {
      day: "2026-06-03",
      checkedAt: at,
      state: "DIFFERS",
      total: { ours: "110.5", theirs: "105.5" },
      figures: [{ ...figure, oursBefore: null }],
    },
    {
      day: "2026-06-02",
      checkedAt: at,
      state: "REPAIRED",
      total: { ours: "7", theirs: "7" },
      figures: [{ metric: "orders", ours: "12", theirs: "12", difference: "0", oursBefore: "13" }],
    },
    {
      day: "2026-06-01",
      checkedAt: at,
      state: "EQUAL",
      total: { ours: "0", theirs: "0" },
      figures: [],
    },
  ]);
  expect(text).toContain("Wed, Jun 3, 2026|$110.50|$105.50|Differs|");
  expect(text).toContain("Gross sales: $105.00 here, $100.00 at Shopify");
  expect(text).toContain("|$7.00|$7.00|Repaired|");
  expect(text).toContain("Orders: 13 until repaired, now 12");
  expect(text).toContain("|$0.00|$0.00|Equal to the cent|");
});

test("without Shopify's report names the orders that do not add up", () => {
  const off = { ours: "2", theirs: "0", difference: "2", oursBefore: null };
  const text = textOf([
    {
      day: "2026-06-03",
      checkedAt: at,
      state: "DIFFERS",
      total: null,
      figures: [{ metric: "orders_off_total_price", ...off }],
    },
  ]);
  expect(text).toContain("|—|—|Differs|");
  expect(text).toContain("Orders whose sales do not add up to their total: 2");
});
