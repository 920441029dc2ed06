import { Badge, BlockStack, Button, Card, Text } from "@shopify/polaris";
import { formatCount, formatInstant, formatTook, NO_VALUE } from "./format";
import { type HistoryRow, startingRow } from "./history-rows";
import type { Clock } from "./sync-facts";
import type { SyncActions } from "./use-sync-actions";

interface JobHistoryProps {
  rows: readonly HistoryRow[];
  clock: Clock;
  actions: SyncActions;
}

const HEADINGS = [
  { label: "Update", column: "merit-history-update" },
  { label: "Started", column: "merit-history-started" },
  { label: "Took", column: "merit-history-took" },
  { label: "Records", column: "merit-history-records" },
  { label: "Asked by", column: "merit-history-by" },
  { label: "Outcome", column: "merit-history-end" },
];

/** The newest jobs, failures with what to do about them; on a narrow screen a list. */
export function JobHistory({ rows: told, clock, actions }: JobHistoryProps) {
  const { starting } = actions;
  const rows = starting ? [startingRow(starting, told, clock.now), ...told] : told;
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
              {HEADINGS.map(({ label, column }) => (
                <th key={label} scope="col" className={column}>
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          {rows.map((row) => (
            <JobRow key={row.jobId} row={row} clock={clock} actions={actions} />
          ))}
        </table>
      )}
    </Card>
  );
}

function JobRow({ row, clock, actions }: { row: HistoryRow } & Omit<JobHistoryProps, "rows">) {
  const { outcome } = row;
  return (
    <tbody>
      <tr>
        <th scope="row" className="merit-history-what">
          {row.what}
        </th>
        <td>
          <time dateTime={row.startedAt}>
            {formatInstant(row.startedAt, clock.locale, clock.timezone)}
          </time>
        </td>
        <td data-took={row.tookSeconds === null ? "none" : "known"}>
          {row.tookSeconds === null ? NO_VALUE : formatTook(row.tookSeconds)}
        </td>
        <td data-unit="records">{formatCount(row.records, clock.locale)}</td>
        <td>{row.askedBy}</td>
        <td className="merit-history-outcome">
          <Badge {...(outcome.tone ? { tone: outcome.tone } : {})}>{outcome.label}</Badge>
        </td>
      </tr>
      {row.error ? (
        <tr className="merit-history-error">
          <td colSpan={HEADINGS.length}>
            <BlockStack gap="150" inlineAlign="start">
              <Text as="p" variant="bodySm">{`${row.error.what} ${row.error.todo}`}</Text>
              {row.canRetry ? <Retry jobId={row.jobId} actions={actions} /> : null}
            </BlockStack>
          </td>
        </tr>
      ) : null}
    </tbody>
  );
}

function Retry({ jobId, actions }: { jobId: string; actions: SyncActions }) {
  return (
    <Button
      size="slim"
      loading={actions.sending("retry", jobId)}
      onClick={() => actions.send({ intent: "retry", job_id: jobId })}
    >
      Retry
    </Button>
  );
}
