import { Banner, BlockStack, Text } from "@shopify/polaris";
import { MetaLoginNote } from "./connect-meta-card";
import type { MetaView } from "./meta-view";
import type { MetaLogin } from "./use-meta-login";

interface MetaNoteProps {
  meta: MetaView;
  login: MetaLogin;
  awaiting: boolean;
  onSyncAgain(): void;
  asking: boolean;
}

/** Whether something about Meta has to be known before its figures are read. */
export function hasMetaTrouble({ stage, sync }: MetaView): boolean {
  return stage === "reconnect" || (stage === "connected" && sync.error !== null && !sync.running);
}

/** What is wrong with Meta, and the button that mends it. */
export function MetaNote({ meta, login, awaiting, onSyncAgain, asking }: MetaNoteProps) {
  if (meta.stage === "reconnect") {
    return (
      <Banner
        tone="critical"
        title="Meta needs you to log in again"
        action={{ content: "Log in at Meta", onAction: login.open, loading: login.opening }}
      >
        <BlockStack gap="100">
          <Text as="p">
            Meta ends logins after about 60 days, and when a password or a permission changes. The
            ad figures below are those of the last update that succeeded.
          </Text>
          <MetaLoginNote login={login} awaiting={awaiting} />
        </BlockStack>
      </Banner>
    );
  }
  return (
    <Banner
      tone="critical"
      title="The last update from Meta failed"
      action={{ content: "Try again", onAction: onSyncAgain, loading: asking }}
      secondaryAction={{ content: "Sync details", url: "/app/sync" }}
    >
      <BlockStack gap="100">
        <Text as="p">{meta.sync.error}</Text>
        <Text as="p">The ad figures below are those of the last update that succeeded.</Text>
      </BlockStack>
    </Banner>
  );
}
