import { type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { PlainPage } from "~/components/plain-page";

/** The app's address as Shopify knows it: a shop goes on to the app, with all that Shopify sent. */
export function loader({ request }: LoaderFunctionArgs) {
  const { search, searchParams } = new URL(request.url);
  if (searchParams.has("shop")) throw redirect(`/app${search}`);
  return null;
}

export default function Landing() {
  return (
    <PlainPage title="Merit">
      <p>
        Merit shows Shopify merchants what their orders and advertising earn. Open it from the Apps
        section of your Shopify admin.
      </p>
    </PlainPage>
  );
}
