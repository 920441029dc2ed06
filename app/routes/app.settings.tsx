import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useFetcher, useLoaderData } from "@remix-run/react";
import { useAppBridge } from "@shopify/app-bridge-react";
import { boundary } from "@shopify/shopify-app-remix/server";
import { useEffect } from "react";
import { requireShop } from "~/auth.server";
import {
  metafieldsSchema,
  orderMetafieldSettings,
  saveOrderMetafields,
} from "~/commands/order-metafield-settings.server";
import { SettingsPage } from "~/components/settings-page";

export async function loader(args: LoaderFunctionArgs) {
  const { db, shopId } = await requireShop(args);
  return { metafields: (await orderMetafieldSettings(db, shopId)).join("\n") };
}

/** Keeps what was written, or answers (422) what is wrong with it. */
export async function action(args: ActionFunctionArgs): Promise<Response> {
  const { db, shopId, userId } = await requireShop(args);
  const sent = await args.request.formData().catch(() => new FormData());
  const names = metafieldsSchema.safeParse(sent.get("metafields"));
  if (!names.success) {
    const problem = names.error.issues[0]?.message ?? "That could not be read.";
    return Response.json({ problem }, { status: 422 });
  }
  await saveOrderMetafields(db, { shopId, userId, names: names.data });
  return Response.json({ problem: null });
}

export const headers: HeadersFunction = (args) => boundary.headers(args);

export default function SettingsRoute() {
  const { metafields } = useLoaderData<typeof loader>();
  const { submit, state, data } = useFetcher<{ problem: string | null }>();
  const bridge = useAppBridge();
  useEffect(() => {
    if (data && !data.problem) bridge.toast.show("Saved");
  }, [data, bridge]);
  return (
    <SettingsPage
      key={metafields}
      metafields={metafields}
      saving={state !== "idle"}
      problem={data?.problem ?? null}
      onSave={(written) =>
        submit({ metafields: written }, { method: "post", action: "/app/settings" })
      }
    />
  );
}
