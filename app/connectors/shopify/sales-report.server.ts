import { DefectError, NeedsUserError } from "~/lib/errors";
import { ADMIN_API_VERSION } from "~/lib/shopify-version";
import type { Day, DayRange } from "~/lib/time";
import type { AdminClient } from "./admin-client.server";
import { SALES_REPORT } from "./documents/sales-report";
import { columnOf, type ReturnsColumn, reportRows } from "./report-rows";
import { REPORT_METRICS, type ReportFigures, shopifyqlSchema } from "./report-schemas";

const TASK = "sales_report";

/** `returns` was renamed with this version. */
const RENAMED_FROM = "2026-04";

export interface SalesReportRequest extends DayRange {
  /** A month that the range cuts holds the days of the range alone. */
  grain: "day" | "month";
  signal?: AbortSignal;
}

/**
 * Shopify's own sales report by day or month of the shop's zone, in the shop's currency; both ends
 * inclusive. Null where the app may not read it (`read_reports`, protected customer data level 2):
 * there is no report then, and nothing is broken. Throws DefectError `SHOPIFYQL_PARSE` when Shopify
 * does not understand the question.
 */
export async function readSalesReport(
  client: AdminClient,
  request: SalesReportRequest,
): Promise<Map<Day, ReportFigures> | null> {
  const names: [ReturnsColumn, ReturnsColumn] =
    ADMIN_API_VERSION >= RENAMED_FROM
      ? ["sales_reversals", "returns"]
      : ["returns", "sales_reversals"];
  const complaints: string[] = [];
  for (const returns of names) {
    const answer = await ask(client, request, returns);
    if (answer === null) return null;
    if (answer.parseErrors.length > 0) {
      complaints.push(...answer.parseErrors);
      continue;
    }
    if (!answer.tableData) break;
    const { columns, rows } = answer.tableData;
    const namesOfColumns = columns.map(({ name }) => name);
    return reportRows(namesOfColumns, rows, request.grain, returns);
  }
  throw new DefectError(`Shopify does not answer the sales report: ${complaints.join(" ")}`, {
    code: "SHOPIFYQL_PARSE",
    task: TASK,
  });
}

async function ask(
  client: AdminClient,
  { from, to, grain, signal }: SalesReportRequest,
  returns: ReturnsColumn,
) {
  const columns = REPORT_METRICS.map((metric) => columnOf(metric, returns)).join(", ");
  const query = `FROM sales SHOW ${columns} TIMESERIES ${grain} SINCE ${from} UNTIL ${to}`;
  try {
    const { shopifyqlQuery } = await client.request(SALES_REPORT, {
      variables: { query },
      schema: shopifyqlSchema,
      task: TASK,
      ...(signal ? { signal } : {}),
    });
    return shopifyqlQuery;
  } catch (error) {
    if (error instanceof NeedsUserError && error.code === "SHOPIFY_ACCESS_DENIED") return null;
    throw error;
  }
}
