import { data, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { shopAdminUrl } from "~/auth.server";
import { finishMetaConnection } from "~/commands/finish-meta-connection.server";
import { CloseWindow } from "~/components/close-window";
import { metaOutcomeWords } from "~/components/meta-outcome-words";
import { PlainPage } from "~/components/plain-page";

/** Where Meta sends people back, in a window outside the admin: the state alone says whose login it is. */
export async function loader({ request }: LoaderFunctionArgs) {
  const outcome = await finishMetaConnection(new URL(request.url).searchParams);
  const { connected, shopId } = outcome;
  const back = shopId && shopAdminUrl(shopId);
  const status = connected || shopId ? 200 : 400;
  return data({ ...metaOutcomeWords(outcome), connected, back }, { status });
}

export default function MetaCallback() {
  const { title, text, connected, back } = useLoaderData<typeof loader>();
  return (
    <PlainPage title={title}>
      <p>{text}</p>
      <CloseWindow byItself={connected} back={back} />
    </PlainPage>
  );
}
