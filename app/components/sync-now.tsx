import { BlockStack, Link, ProgressBar, Text } from "@shopify/polaris";
import { progressLine } from "./progress-line";
import type { PlatformView, RunningJobView } from "./sync-page-view";

/**
 * What happens now: how far a job is, what went wrong, or that all is well. Holds its height, so that
 * a job that begins or ends moves nothing below it.
 */
export function SyncNow({ view, locale }: { view: PlatformView; locale: string }) {
  // Nothing ever runs where nothing is connected.
  if (view.state === "disconnected") return nowOf(view, locale);
  return <div className="merit-sync-now">{nowOf(view, locale)}</div>;
}

function nowOf({ platform, state, running, problem, idle }: PlatformView, locale: string) {
  if (running) return <Running job={running} locale={locale} />;
  if (problem) {
    return (
      <BlockStack gap="100">
        <Text as="p" fontWeight="medium">
          {problem.what}
        </Text>
        <Text as="p">{problem.todo}</Text>
        {problem.atHome ? <Link url="/app">Go to Home</Link> : null}
      </BlockStack>
    );
  }
  return (
    <Text as="p">
      {idle}
      {platform === "META" && state === "disconnected" ? (
        <>
          {" "}
          <Link url="/app">Connect Meta on Home</Link>
        </>
      ) : null}
    </Text>
  );
}

function Running({ job, locale }: { job: RunningJobView; locale: string }) {
  return (
    <BlockStack gap="200">
      {job.percent === null ? null : (
        <ProgressBar
          progress={job.percent}
          size="small"
          tone="highlight"
          ariaLabelledBy={`sync-${job.platform}`}
        />
      )}
      <Text as="p">
        {job.waiting
          ? "The last try did not succeed. Merit tries again by itself in a moment."
          : progressLine(job, locale, { speed: true })}
      </Text>
    </BlockStack>
  );
}
