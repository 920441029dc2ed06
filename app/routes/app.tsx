import type { HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { Outlet, useRevalidator } from "@remix-run/react";
import { NavMenu } from "@shopify/app-bridge-react";
import { AppProvider } from "@shopify/shopify-app-remix/react";
import { boundary } from "@shopify/shopify-app-remix/server";
import { requireShop } from "~/auth.server";
import { ErrorPanel } from "~/components/error-panel";

export async function loader(args: LoaderFunctionArgs) {
  await requireShop(args);
  return null;
}

/** App Bridge reads from headers when it has to send a new token or leave the frame. */
export const headers: HeadersFunction = (args) => boundary.headers(args);

// App Bridge itself is loaded in the head of the document (root.tsx), hence not by the provider.
export default function AppLayout() {
  return (
    <AppProvider isEmbeddedApp={false} apiKey="">
      <NavMenu>
        <a href="/app" rel="home">
          Merit
        </a>
        <a href="/app/sync">Sync</a>
        <a href="/app/settings">Settings</a>
      </NavMenu>
      <main>
        <Outlet />
      </main>
    </AppProvider>
  );
}

export function ErrorBoundary() {
  const { revalidate, state } = useRevalidator();
  return (
    <AppProvider isEmbeddedApp={false} apiKey="">
      <ErrorPanel
        title="Merit could not load this page"
        onRetry={revalidate}
        retrying={state === "loading"}
      >
        Your data is safe. This is usually over within a moment: please try again.
      </ErrorPanel>
    </AppProvider>
  );
}
