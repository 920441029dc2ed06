import { Box, Button, Card, FormLayout, InlineStack, Text, TextField } from "@shopify/polaris";
import { useState } from "react";
import type { SyncActions } from "./use-sync-actions";

/** For whoever looks at one order and doubts it. */
export function RereadOrder({ actions }: { actions: SyncActions }) {
  const [order, setOrder] = useState("");
  const asked = order.trim();
  const send = () => {
    if (asked) actions.send({ intent: "reread", order: asked });
  };
  return (
    <Card roundedAbove="xs">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <FormLayout>
          <Text as="h2" variant="headingMd">
            Read one order again
          </Text>
          <TextField
            label="Order"
            value={order}
            onChange={setOrder}
            placeholder="#1001"
            helpText="Its name, or the number in its address in the Shopify admin. Its figures are up to date within seconds."
            autoComplete="off"
            maxLength={60}
          />
          <InlineStack>
            <Box>
              <Button submit disabled={!asked} loading={actions.sending("reread", asked)}>
                Read again
              </Button>
            </Box>
          </InlineStack>
        </FormLayout>
      </form>
    </Card>
  );
}
