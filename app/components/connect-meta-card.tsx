import { BlockStack, Button, Card, InlineStack, Text } from "@shopify/polaris";
import type { MetaLogin } from "./use-meta-login";

interface ConnectMetaCardProps {
  login: MetaLogin;
  /** The login is open in another window. */
  awaiting: boolean;
}

/** Offers to connect ads, in the place of the figures that would come of it. */
export function ConnectMetaCard({ login, awaiting }: ConnectMetaCardProps) {
  return (
    <Card roundedAbove="xs">
      <InlineStack align="space-between" blockAlign="center" gap="400">
        <div className="merit-offer-words">
          <BlockStack gap="100">
            <Text as="h2" variant="headingMd">
              See what your ads earn
            </Text>
            <Text as="p" tone="subdued">
              Connect Meta to set ad spend against sales: MER, Meta ROAS and what a new customer
              costs. Merit only reads; it changes nothing in your ads.
            </Text>
            <MetaLoginNote login={login} awaiting={awaiting} />
          </BlockStack>
        </div>
        <Button variant="primary" onClick={login.open} loading={login.opening}>
          Connect Meta
        </Button>
      </InlineStack>
    </Card>
  );
}

/** How the login in the other window goes. */
export function MetaLoginNote({ login, awaiting }: ConnectMetaCardProps) {
  if (login.failed) {
    return (
      <Text as="p" tone="critical">
        The login could not be opened. Please try again.
      </Text>
    );
  }
  if (!awaiting) return null;
  return (
    <div role="status">
      <Text as="p" tone="subdued">
        Go on in the window that opened; this page follows by itself.
      </Text>
    </div>
  );
}
