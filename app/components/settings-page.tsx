import {
  BlockStack,
  Box,
  Button,
  Card,
  InlineStack,
  Link,
  Page,
  Text,
  TextField,
} from "@shopify/polaris";
import { useState } from "react";

interface SettingsPageProps {
  /** As stored, one a line. */
  metafields: string;
  saving: boolean;
  /** Why the last try was refused; null when it was not. */
  problem: string | null;
  onSave(metafields: string): void;
}

/** What a shop decides about how Merit reads it. */
export function SettingsPage({ metafields, saving, problem, onSave }: SettingsPageProps) {
  const [written, setWritten] = useState(metafields);
  return (
    <Page>
      <Box paddingInline={{ xs: "300", sm: "0" }} paddingBlockEnd="600">
        <BlockStack gap="400">
          <Text as="h1" variant="headingLg">
            Settings
          </Text>
          <Card roundedAbove="xs">
            <BlockStack gap="300">
              <Text as="h2" variant="headingMd">
                Metafields of orders
              </Text>
              <Text as="p" tone="subdued">
                If you or your apps keep something of your own with orders, such as where a customer
                heard of you, Merit can read it along with each order.
              </Text>
              <TextField
                label="Metafields to read"
                helpText="One a line, written as namespace.key, for example custom.survey_answer."
                value={written}
                onChange={setWritten}
                multiline={4}
                autoComplete="off"
                {...(problem ? { error: problem } : {})}
              />
              <InlineStack>
                <Button
                  variant="primary"
                  loading={saving}
                  disabled={written === metafields}
                  onClick={() => onSave(written)}
                >
                  Save
                </Button>
              </InlineStack>
              <Text as="p" variant="bodySm" tone="subdued">
                Orders are read with them from then on. To have them for older orders as well, press
                Rebuild on the <Link url="/app/sync">Sync page</Link>.
              </Text>
            </BlockStack>
          </Card>
        </BlockStack>
      </Box>
    </Page>
  );
}
