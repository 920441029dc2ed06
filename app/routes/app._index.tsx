import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useFetcher, useLoaderData, useNavigation, useSearchParams } from "@remix-run/react";
import { boundary } from "@shopify/shopify-app-remix/server";
import { z } from "zod";
import { requireShop } from "~/auth.server";
import { metaState } from "~/commands/meta-state.server";
import { requestSyncNow } from "~/commands/request-sync.server";
import { Home } from "~/components/home";
import { homeView } from "~/components/home-view";
import { withRange } from "~/components/range-names";
import { useHomeStatus } from "~/components/use-home-status";
import { useMetaActions } from "~/components/use-meta-actions";
import { useMetaLogin } from "~/components/use-meta-login";
import { useNow } from "~/components/use-now";
import { periodBefore, todayIn } from "~/lib/time";
import { parsePageRange } from "~/metrics/day-range";
import { shopMetrics } from "~/metrics/shop-metrics.server";
import { syncStatus } from "~/sync/freshness.server";

export async function loader(args: LoaderFunctionArgs) {
  const { db, shop, shopId, locale } = await requireShop(args);
  const now = new Date();
  const today = todayIn(shop.timezone, now);
  // While the history is being loaded, the days that are complete already come first.
  const usual = shop.historyLoading ? "last_7" : "last_30";
  const asked = parsePageRange(new URL(args.request.url).searchParams, today, usual);
  // The status first: figures may be newer than what it says of them, never older.
  const [sync, meta] = await Promise.all([syncStatus(db, shopId), metaState(db, shopId)]);
  const [sales, salesBefore] = await Promise.all([
    shopMetrics(db, { shopId, from: asked.from, to: asked.to }),
    shopMetrics(db, { shopId, ...periodBefore(asked) }),
  ]);
  if (!sales || !salesBefore) throw new Response("This shop is gone.", { status: 404 });
  const read = { sales, salesBefore, sync, meta };
  return homeView({ shopName: shop.name, locale, now, today, asked, ...read });
}

const platformSchema = z.enum(["SHOPIFY", "META"]).catch("SHOPIFY");

/** "Try again" after an update of `?platform` that failed. */
export async function action(args: ActionFunctionArgs) {
  const { db, shopId, userId } = await requireShop(args);
  const platform = platformSchema.parse(new URL(args.request.url).searchParams.get("platform"));
  await requestSyncNow(db, { shopId, userId, platform });
  return null;
}

export const headers: HeadersFunction = (args) => boundary.headers(args);

export default function HomeRoute() {
  const view = useLoaderData<typeof loader>();
  const navigation = useNavigation();
  const again = useFetcher<typeof action>();
  const [, setSearchParams] = useSearchParams();
  const status = useHomeStatus(view.status);
  return (
    <Home
      view={view}
      status={status}
      now={useNow(view.now)}
      loading={navigation.state === "loading" && navigation.location.pathname === "/app"}
      login={useMetaLogin(status.awaitMeta)}
      actions={useMetaActions(status.meta?.chosen?.id ?? null)}
      onSyncAgain={(platform) =>
        again.submit(null, { method: "post", action: `/app?index&platform=${platform}` })
      }
      asking={again.state !== "idle"}
      onChooseRange={(chosen) =>
        setSearchParams((query) => withRange(query, chosen), { preventScrollReset: true })
      }
    />
  );
}
