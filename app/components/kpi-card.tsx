import { BlockStack, Card, InlineStack, Text, Tooltip } from "@shopify/polaris";
import { type MetricId, metricDefinition } from "~/metrics/definitions";
import { type Change, changeAgainst } from "./change";
import { FigureFootnote } from "./figure-footnote";
import { formatMetric, formatPercent, NO_VALUE, type Writing } from "./format";
import { ValueSkeleton } from "./value-skeleton";

type Value = string | number | null;

interface KpiCardProps {
  metric: MetricId;
  value: Value;
  /** Of the period before; undefined while it cannot be compared with. */
  before: Value | undefined;
  /** The days of the period before, in words. */
  beforeLabel: string;
  writing: Writing;
  /** The value is being read anew: its place is held. */
  loading: boolean;
}

/** One figure: its name with the formula on hover, its value, and how it moved. */
export function KpiCard({ metric, value, before, beforeLabel, writing, loading }: KpiCardProps) {
  const { label, formula, unit, higherIsBetter } = metricDefinition(metric);
  const change = before === undefined ? null : changeAgainst(value, before, higherIsBetter);
  return (
    <Card roundedAbove="xs">
      <BlockStack gap="200">
        <InlineStack>
          <Tooltip content={formula} hasUnderline>
            <Text as="h2" variant="headingSm">
              {label}
            </Text>
          </Tooltip>
        </InlineStack>
        {loading ? (
          <ValueSkeleton />
        ) : (
          <>
            <Text as="p" variant="headingLg" breakWord>
              <span className="merit-figure" data-metric={metric}>
                {formatMetric(value, unit, writing)}
              </span>
            </Text>
            <ChangeLine
              change={change}
              locale={writing.locale}
              before={before === undefined ? null : formatMetric(before, unit, writing)}
              beforeLabel={beforeLabel}
            />
          </>
        )}
      </BlockStack>
    </Card>
  );
}

interface ChangeLineProps {
  change: Change | null;
  locale: string;
  before: string | null;
  beforeLabel: string;
}

const TONES = { good: "success", bad: "critical", neutral: "subdued" } as const;
const ARROWS = { up: "↑", down: "↓", same: "→" } as const;
const WORDS = { up: "Up", down: "Down", same: "Unchanged," } as const;
const JUDGEMENTS = { good: ", which is better", bad: ", which is worse", neutral: "" } as const;

function ChangeLine({ change, locale, before, beforeLabel }: ChangeLineProps) {
  if (!change) {
    return (
      <FigureFootnote>
        <Text as="p" variant="bodySm" tone="subdued">
          <span aria-hidden="true">{NO_VALUE}</span>
          <Text as="span" visuallyHidden>
            Nothing to compare with
          </Text>
        </Text>
      </FigureFootnote>
    );
  }
  const percent = formatPercent(change.fraction, locale);
  return (
    <FigureFootnote>
      <Tooltip content={`${before} in the period before (${beforeLabel})`}>
        <Text as="p" variant="bodySm" fontWeight="medium" tone={TONES[change.tone]}>
          <span aria-hidden="true">
            {ARROWS[change.direction]} {percent}
          </span>
          <Text as="span" visuallyHidden>
            {`${WORDS[change.direction]} ${percent} from ${before} in the period before${JUDGEMENTS[change.tone]}`}
          </Text>
        </Text>
      </Tooltip>
    </FigureFootnote>
  );
}
