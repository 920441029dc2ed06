import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import {
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useRouteLoaderData,
} from "@remix-run/react";
import polarisStyles from "@shopify/polaris/build/esm/styles.css?url";
import type { ReactNode } from "react";
import { appBridge } from "~/auth.server";
import homeStyles from "~/components/home.css?url";
import { PlainPage } from "~/components/plain-page";

export const links: LinksFunction = () => [
  { rel: "stylesheet", href: polarisStyles },
  { rel: "stylesheet", href: homeStyles },
];

export const meta: MetaFunction = () => [{ title: "Merit" }];

/** Outside the admin's frame (landing, sign-in help) App Bridge has no host to talk to. */
export function loader({ request }: LoaderFunctionArgs) {
  return new URL(request.url).pathname.startsWith("/app") ? appBridge() : null;
}

// Shopify asks for App Bridge as the first script in the head. It stands last there, since what it
// appends to the head while the page is parsed must follow what React expects to find.
export function Layout({ children }: { children: ReactNode }) {
  const bridge = useRouteLoaderData<typeof loader>("root");
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <Meta />
        <Links />
        {bridge ? <script src={bridge.url} data-api-key={bridge.apiKey} /> : null}
      </head>
      <body>
        {children}
        <ScrollRestoration />
        <Scripts />
      </body>
    </html>
  );
}

export default function Root() {
  return <Outlet />;
}

/** For what no route below has caught: here there is neither Polaris nor a frame to rely on. */
export function ErrorBoundary() {
  return (
    <PlainPage title="Something went wrong">
      <p>
        Merit could not show this page. Please reload it; if that does not help, come back later.
      </p>
    </PlainPage>
  );
}
