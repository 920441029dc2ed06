import { Banner, BlockStack, Layout, Page, Text } from "@shopify/polaris";

interface ErrorPanelProps {
  title: string;
  children: string;
  onRetry?: () => void;
  /** While it is being tried again. */
  retrying?: boolean;
}

/** What stands in the place of a page that could not be shown, until it can. */
export function ErrorPanel({ title, children, onRetry, retrying }: ErrorPanelProps) {
  return (
    <Page>
      <Layout>
        <Layout.Section>
          <Banner
            tone="critical"
            title={title}
            {...(onRetry
              ? { action: { content: "Retry", onAction: onRetry, loading: retrying ?? false } }
              : {})}
          >
            <BlockStack gap="200">
              <Text as="p">{children}</Text>
            </BlockStack>
          </Banner>
        </Layout.Section>
      </Layout>
    </Page>
  );
}
