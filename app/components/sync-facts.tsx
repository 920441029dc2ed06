import { Text } from "@shopify/polaris";
import { formatAgo, formatClock, formatInstant, NO_VALUE } from "./format";
import type { PlatformView } from "./sync-page-view";

export interface Clock {
  /** ISO instant. */
  now: string;
  locale: string;
  /** The shop's. */
  timezone: string;
}

/** Last success, how far the data reaches, and when it is read next. */
export function SyncFacts({ view, clock }: { view: PlatformView; clock: Clock }) {
  const { lastSuccessAt, dataFreshTo } = view;
  const exact = (at: string) => formatInstant(at, clock.locale, clock.timezone);
  return (
    <dl className="merit-sync-facts">
      <Fact term="Last success">
        {lastSuccessAt ? (
          <time dateTime={lastSuccessAt} title={exact(lastSuccessAt)}>
            {formatAgo(lastSuccessAt, clock.now)}
          </time>
        ) : (
          "Not yet"
        )}
      </Fact>
      <Fact term="Complete up to">
        {dataFreshTo ? <time dateTime={dataFreshTo}>{exact(dataFreshTo)}</time> : NO_VALUE}
      </Fact>
      <Fact term="Next automatic update">{nextUpdate(view, clock)}</Fact>
    </dl>
  );
}

function Fact({ term, children }: { term: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>
        <Text as="span" variant="bodySm" tone="subdued">
          {term}
        </Text>
      </dt>
      <dd>
        <Text as="span">{children}</Text>
      </dd>
    </div>
  );
}

function nextUpdate({ nextBy, running, paused, state }: PlatformView, clock: Clock): string {
  if (running && !paused) return "After this one";
  if (paused) return "When you resume";
  if (!nextBy) return state === "needs_user" ? "Once it is mended" : "When you press Sync now";
  if (nextBy <= clock.now) return "Any moment";
  return `By ${formatClock(nextBy, clock.locale, clock.timezone)}`;
}
