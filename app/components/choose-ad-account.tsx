import { BlockStack, Button, Card, ChoiceList, InlineStack, Text } from "@shopify/polaris";
import { useState } from "react";
import type { AdAccountView } from "./meta-view";

interface ChooseAdAccountProps {
  /** The likeliest first. */
  accounts: readonly AdAccountView[];
  /** The one chosen so far, if any. */
  chosen: string | null;
  /** The choice is on its way. */
  saving: boolean;
  onChoose(id: string): void;
  /** Leaves everything as it is; null when there is nothing to go back to. */
  onCancel: (() => void) | null;
}

/** Asks which ad account belongs to this shop, when Meta gives several. */
export function ChooseAdAccount(props: ChooseAdAccountProps) {
  const { accounts, chosen, saving, onChoose, onCancel } = props;
  const [selected, setSelected] = useState(chosen ?? accounts[0]?.id ?? "");
  return (
    <Card roundedAbove="xs">
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            Choose your ad account
          </Text>
          <Text as="p" tone="subdued">
            Merit reads the ads of one ad account and sets them against this shop's sales.
          </Text>
        </BlockStack>
        <ChoiceList
          title="Ad account"
          titleHidden
          choices={accounts.map(({ id, name, currency, timezone, caveat }) => ({
            value: id,
            label: name,
            helpText: `${id.replace("act_", "")} · ${currency} · ${timezone}${caveat ? ` · ${caveat}` : ""}`,
          }))}
          selected={[selected]}
          onChange={([id]) => setSelected(id ?? "")}
        />
        <InlineStack gap="200">
          <Button variant="primary" loading={saving} onClick={() => onChoose(selected)}>
            Use this ad account
          </Button>
          {onCancel ? <Button onClick={onCancel}>Cancel</Button> : null}
        </InlineStack>
      </BlockStack>
    </Card>
  );
}
