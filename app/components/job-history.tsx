import { Badge, BlockStack, Button, Card, Text } from "@shopify/polaris";
import { formatCount, formatInstant, formatTook, NO_VALUE } from "./format";
import type { HistoryRow } from "./history-rows";
import type { Clock } from "./sync-facts";
import type { SyncActions } from "./use-sync-actions";

interface JobHistoryProps {
  rows: readonly HistoryRow[];
  clock: Clock;
  actions: SyncActions;
}

const HEADINGS = ["Update", "Started", "Took", "Records", "Asked for by", "Outcome"];

/** The newest jobs, failures with what to do about them; on a narrow screen a list. */
export function JobHistory({ rows, clock, actions }: JobHistoryProps) {
  return (
    <Card roundedAbove="xs" padding="0">
      <div className="merit-history-title">
        <Text as="h2" variant="headingMd" id="history-title">
          History
        </Text>
        {rows.length === 0 ? (
          <Text as="p" tone="subdued">
            Nothing was updated yet. What Merit does shows up here.
          </Text>
        ) : null}
      </div>
      {rows.length === 0 ? null : (
        <table className="merit-history" aria-labelledby="history-title">
          <thead>
            <tr>
              {HEADINGS.map((heading) => (
                <th key={heading} scope="col">
                  {heading}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <JobRow key={row.jobId} row={row} clock={clock} actions={actions} />
            ))}
          </tbody>
        </table>
      )}
    </Card>
  );
}

function JobRow({ row, clock, actions }: { row: HistoryRow } & Omit<JobHistoryProps, "rows">) {
  const { jobId, outcome, error } = row;
  return (
    <tr>
      <td className="merit-history-what">
        <BlockStack gap="150" inlineAlign="start">
          <Text as="span" fontWeight="medium">
            {row.what}
          </Text>
          {error ? (
            <Text as="p" variant="bodySm" tone="subdued">{`${error.what} ${error.todo}`}</Text>
          ) : null}
          {row.canRetry ? (
            <Button
              size="slim"
              loading={actions.sending("retry", jobId)}
              onClick={() => actions.send({ intent: "retry", job_id: jobId })}
            >
              Retry
            </Button>
          ) : null}
        </BlockStack>
      </td>
      <td>
        <time dateTime={row.startedAt}>
          {formatInstant(row.startedAt, clock.locale, clock.timezone)}
        </time>
      </td>
      <td>{row.tookSeconds === null ? NO_VALUE : formatTook(row.tookSeconds)}</td>
      <td data-unit="records">{formatCount(row.records, clock.locale)}</td>
      <td>{row.askedBy}</td>
      <td className="merit-history-outcome">
        <Badge {...("tone" in outcome && outcome.tone ? { tone: outcome.tone } : {})}>
          {outcome.label}
        </Badge>
      </td>
    </tr>
  );
}
