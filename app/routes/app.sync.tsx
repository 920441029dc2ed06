import type {
  ActionFunctionArgs,
  HeadersFunction,
  LinksFunction,
  LoaderFunctionArgs,
} from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { boundary } from "@shopify/shopify-app-remix/server";
import { requireShop } from "~/auth.server";
import { metaIsOffered } from "~/commands/meta-state.server";
import { pressSchema, pressSync } from "~/commands/press-sync.server";
import { SyncPage } from "~/components/sync-page";
import syncStyles from "~/components/sync-page.css?url";
import { syncPageView } from "~/components/sync-page-view";
import { useNow } from "~/components/use-now";
import { useSyncActions } from "~/components/use-sync-actions";
import { useSyncPage } from "~/components/use-sync-page";
import { env } from "~/lib/env.server";
import { problemResponse } from "~/lib/problem";
import { reconciliation } from "~/metrics/reconciliation.server";
import { syncStatuses } from "~/sync/freshness.server";
import { jobHistory } from "~/sync/job-history.server";

export const links: LinksFunction = () => [{ rel: "stylesheet", href: syncStyles }];

/** As far back as each night's check goes. */
const CHECKED_DAYS = 90;

export async function loader(args: LoaderFunctionArgs) {
  const { db, shop, shopId, locale } = await requireShop(args);
  const age = { now: new Date(), maxStalenessMinutes: env().MAX_STALENESS_MINUTES };
  const [statuses, jobs, checked] = await Promise.all([
    syncStatuses(db, shopId),
    jobHistory(db, shopId),
    reconciliation(db, shopId, { limit: CHECKED_DAYS }),
  ]);
  const { timezone, currency } = shop;
  return syncPageView({
    age,
    locale,
    timezone,
    currency,
    reconciliation: checked,
    statuses,
    jobs,
    metaIsOffered: metaIsOffered(),
  });
}

/** What the page's buttons ask for; answers what came of it, in words. */
export async function action(args: ActionFunctionArgs): Promise<Response> {
  const { db, shopId, userId } = await requireShop(args);
  // What is no form at all asks for nothing either.
  const sent = await args.request.formData().catch(() => new FormData());
  const press = pressSchema.safeParse(Object.fromEntries(sent));
  if (!press.success) return problemResponse(400, "That asks for nothing that Merit can do.");
  return Response.json({ said: await pressSync(db, { shopId, userId }, press.data) });
}

export const headers: HeadersFunction = (args) => boundary.headers(args);

export default function SyncRoute() {
  const view = useSyncPage(useLoaderData<typeof loader>());
  return <SyncPage view={view} now={useNow(view.now)} actions={useSyncActions()} />;
}
