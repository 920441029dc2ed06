import { PlainPage } from "~/components/plain-page";

/** Where people land who come without a shop. No form for one: installs start at Shopify alone. */
export default function Login() {
  return (
    <PlainPage title="Open Merit from Shopify">
      <p>
        This page needs to know your shop. In your Shopify admin, choose Apps and then Merit; if it
        is not installed yet, find it in the Shopify App Store.
      </p>
    </PlainPage>
  );
}
