import {
  Bar,
  CartesianGrid,
  ComposedChart,
  Line,
  ResponsiveContainer,
  Tooltip,
  type TooltipContentProps,
  XAxis,
  YAxis,
} from "recharts";
import { formatAxisMoney, formatAxisMultiple, formatDay, type Writing } from "./format";
import { MER_COLOR, REVENUE_COLOR, SPEND_COLOR } from "./marketing-colors";
import { MarketingTooltip } from "./marketing-tooltip";
import type { MarketingPoint } from "./marketing-view";

interface MarketingChartProps {
  points: readonly MarketingPoint[];
  writing: Writing;
}

const AXIS = { fontSize: 12, fill: "var(--p-color-text-secondary)" };
/** Up to here every day gets a dot: there is room, and each can be aimed at. */
const DOTTED_DAYS = 14;

const numberOf = (value: string | null) => (value === null ? null : Number(value));

/** Revenue against spend by day, with their quotient on an axis of its own. Browser only: load it lazily. */
export function MarketingChart({ points, writing }: MarketingChartProps) {
  // Only the drawing takes floats: a pixel is coarser than a cent.
  const drawn = points.map(({ date, revenue, spend, mer }) => ({
    date,
    revenue: Number(revenue),
    spend: numberOf(spend),
    mer: numberOf(mer),
  }));
  const byDate = new Map(points.map((point) => [point.date, point]));
  const dot = points.length <= DOTTED_DAYS ? { r: 3 } : false;
  return (
    <ResponsiveContainer width="100%" height="100%">
      <ComposedChart
        data={drawn}
        margin={{ top: 8, right: 0, bottom: 0, left: 0 }}
        accessibilityLayer
      >
        <CartesianGrid vertical={false} stroke="var(--p-color-border-secondary)" />
        <XAxis
          dataKey="date"
          tickFormatter={(date: string) => formatDay(date, writing.locale)}
          tick={AXIS}
          tickLine={false}
          axisLine={{ stroke: "var(--p-color-border)" }}
          minTickGap={40}
        />
        <YAxis
          yAxisId="money"
          tickFormatter={(amount: number) => formatAxisMoney(amount, writing)}
          tick={AXIS}
          tickLine={false}
          axisLine={false}
          width={56}
          niceTicks="snap125"
        />
        <YAxis
          yAxisId="mer"
          orientation="right"
          tickFormatter={(mer: number) => formatAxisMultiple(mer, writing.locale)}
          tick={AXIS}
          tickLine={false}
          axisLine={false}
          width={44}
          niceTicks="snap125"
        />
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: "var(--p-color-border)", fill: "var(--p-color-bg-surface-hover)" }}
          content={({ active, label }: TooltipContentProps) => {
            const point = active ? byDate.get(String(label)) : undefined;
            return point ? <MarketingTooltip point={point} writing={writing} /> : null;
          }}
        />
        <Bar
          yAxisId="money"
          dataKey="spend"
          fill={SPEND_COLOR}
          maxBarSize={24}
          radius={2}
          isAnimationActive={false}
        />
        <Line
          yAxisId="money"
          dataKey="revenue"
          stroke={REVENUE_COLOR}
          strokeWidth={2.5}
          dot={dot}
          isAnimationActive={false}
        />
        <Line
          yAxisId="mer"
          dataKey="mer"
          stroke={MER_COLOR}
          strokeWidth={1.5}
          strokeDasharray="5 3"
          dot={dot}
          isAnimationActive={false}
        />
      </ComposedChart>
    </ResponsiveContainer>
  );
}
