import { Spinner, Text } from "@shopify/polaris";
import { formatAgo, formatInstant } from "./format";

interface FreshnessProps {
  /** ISO instant of the last success; null before the first. */
  updatedAt: string | null;
  running: boolean;
  now: string;
  locale: string;
  /** The shop's, for the exact time. */
  timezone: string;
}

/** "Updated 3 minutes ago", with the exact time on hover, and a spinner while a job runs. */
export function Freshness({ updatedAt, running, now, locale, timezone }: FreshnessProps) {
  return (
    <div className="merit-freshness">
      <Text as="p" variant="bodySm" tone="subdued">
        {updatedAt ? (
          <time dateTime={updatedAt} title={formatInstant(updatedAt, locale, timezone)}>
            Updated {formatAgo(updatedAt, now)}
          </time>
        ) : (
          "Not updated yet"
        )}
      </Text>
      {running ? <Spinner size="small" accessibilityLabel="Data is being updated" /> : null}
    </div>
  );
}
