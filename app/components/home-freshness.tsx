import { Link, Text } from "@shopify/polaris";
import { Freshness } from "./freshness";
import type { HomeStatus } from "./home-status";

interface HomeFreshnessProps {
  status: HomeStatus;
  now: string;
  locale: string;
  timezone: string;
}

/** How fresh the page's figures are, by platform as soon as there are two. */
export function HomeFreshness({ status: { sync, meta }, ...clock }: HomeFreshnessProps) {
  const ads = meta?.chosen ? meta.sync : null;
  return (
    <div className="merit-freshness-list">
      <Freshness
        platform={ads ? "Shopify" : undefined}
        updatedAt={sync.lastSuccessAt}
        running={sync.running !== null}
        {...clock}
      />
      {ads ? (
        <Freshness
          platform="Meta"
          updatedAt={ads.lastSuccessAt}
          running={ads.running !== null}
          {...clock}
        />
      ) : null}
      <div className="merit-freshness merit-freshness-link">
        <Text as="span" variant="bodySm">
          <Link url="/app/sync">Sync details</Link>
        </Text>
      </div>
    </div>
  );
}
