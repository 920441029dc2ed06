import { Spinner, Text } from "@shopify/polaris";
import { formatAgo, formatInstant } from "./format";

interface FreshnessProps {
  /** Whose data it is, where there is more than one. */
  platform?: string | undefined;
  /** ISO instant of the last success; null before the first. */
  updatedAt: string | null;
  running: boolean;
  now: string;
  locale: string;
  /** The shop's, for the exact time. */
  timezone: string;
}

/** "Updated 3 minutes ago", with the exact time on hover, and a spinner while a job runs. */
export function Freshness(props: FreshnessProps) {
  const { platform, updatedAt, running, now, locale, timezone } = props;
  const updated = platform ? `${platform} updated` : "Updated";
  return (
    <div className="merit-freshness">
      <Text as="p" variant="bodySm" tone="subdued">
        {updatedAt ? (
          <time dateTime={updatedAt} title={formatInstant(updatedAt, locale, timezone)}>
            {`${updated} ${formatAgo(updatedAt, now)}`}
          </time>
        ) : (
          `${platform ? `${platform} not` : "Not"} updated yet`
        )}
      </Text>
      {running ? (
        <Spinner size="small" accessibilityLabel={`${platform ?? "Data"} is being updated`} />
      ) : null}
    </div>
  );
}
