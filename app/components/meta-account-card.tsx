import { BlockStack, Button, ButtonGroup, Card, InlineStack, Text } from "@shopify/polaris";
import { useState } from "react";
import { formatInstant } from "./format";
import type { AdAccountView } from "./meta-view";

interface MetaAccountCardProps {
  account: AdAccountView;
  /** How much of the ad history is there, in percent, while it is being loaded; null when it is not. */
  loaded: number | null;
  /** ISO instant, when the login ends within a week. */
  endsSoon: string | null;
  locale: string;
  /** The shop's. */
  timezone: string;
  disconnecting: boolean;
  onLogin(): void;
  /** null when there is no other to change to. */
  onChange: (() => void) | null;
  onDisconnect(): void;
}

/** Which ad account the figures are of, and the ways to change that. */
export function MetaAccountCard(props: MetaAccountCardProps) {
  const { account, loaded, endsSoon, locale, timezone, disconnecting } = props;
  const [sure, setSure] = useState(false);
  return (
    <Card roundedAbove="xs">
      <InlineStack align="space-between" blockAlign="center" gap="300">
        <BlockStack gap="100">
          <Text as="h2" variant="headingSm">
            {`Meta ad account: ${account.name}`}
          </Text>
          <Text as="p" variant="bodySm" tone="subdued">
            {`${account.id.replace("act_", "")} · ${account.currency} · ${account.timezone}`}
          </Text>
          {loaded === null ? null : (
            <Text as="p" variant="bodySm">
              {`Loading your ad history, the newest days first: ${loaded}%`}
            </Text>
          )}
          {account.caveat ? (
            <Text as="p" variant="bodySm" tone="caution">
              {`${account.caveat}.`}
            </Text>
          ) : null}
          {endsSoon ? (
            <Text as="p" variant="bodySm" tone="caution">
              {`Your login at Meta ends on ${formatInstant(endsSoon, locale, timezone)}.`}
            </Text>
          ) : null}
        </BlockStack>
        {sure ? (
          <Sure
            disconnecting={disconnecting}
            onKeep={() => setSure(false)}
            onDisconnect={props.onDisconnect}
          />
        ) : (
          <ButtonGroup>
            {endsSoon ? <Button onClick={props.onLogin}>Log in again</Button> : null}
            {props.onChange ? <Button onClick={props.onChange}>Change</Button> : null}
            <Button onClick={() => setSure(true)}>Disconnect</Button>
          </ButtonGroup>
        )}
      </InlineStack>
    </Card>
  );
}

interface SureProps {
  disconnecting: boolean;
  onKeep(): void;
  onDisconnect(): void;
}

function Sure({ disconnecting, onKeep, onDisconnect }: SureProps) {
  return (
    <BlockStack gap="200">
      <Text as="p" variant="bodySm">
        Merit stops reading your ads. What was read is kept.
      </Text>
      <ButtonGroup>
        <Button tone="critical" loading={disconnecting} onClick={onDisconnect}>
          Disconnect Meta
        </Button>
        <Button onClick={onKeep}>Keep it</Button>
      </ButtonGroup>
    </BlockStack>
  );
}
