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
import { formatAxisMoney, formatDay, type Writing } from "./format";
import type { SalesPoint } from "./sales-points";
import { SalesTooltip } from "./sales-tooltip";

interface SalesChartProps {
  points: readonly SalesPoint[];
  writing: Writing;
}

const AXIS = { fontSize: 12, fill: "var(--p-color-text-secondary)" };
/** Up to here every day gets a dot: there is room, and each can be aimed at. */
const DOTTED_DAYS = 14;

/** Net sales by day over those of the period before. Draws nothing on the server: load it lazily. */
export function SalesChart({ points, writing }: SalesChartProps) {
  // Only the drawing takes floats: a pixel is coarser than a cent.
  const drawn = points.map(({ date, value, before }) => ({
    date,
    value: pixels(value),
    before: pixels(before),
  }));
  const byDate = new Map(points.map((point) => [point.date, point]));
  return (
    <ResponsiveContainer width="100%" height="100%">
      <ComposedChart
        data={drawn}
        margin={{ top: 8, right: 12, bottom: 0, left: 0 }}
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
          tickFormatter={(amount: number) => formatAxisMoney(amount, writing)}
          tick={AXIS}
          tickLine={false}
          axisLine={false}
          width={56}
          niceTicks="snap125"
        />
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: "var(--p-color-border)" }}
          content={({ active, label }: TooltipContentProps) => {
            const point = active ? byDate.get(String(label)) : undefined;
            return point ? <SalesTooltip point={point} writing={writing} /> : null;
          }}
        />
        {points.length === 1 ? dayBars() : periodLines(points.length)}
      </ComposedChart>
    </ResponsiveContainer>
  );
}

const pixels = (amount: string | null) => (amount === null ? null : Number(amount));

const NOW = "var(--p-color-bg-fill-emphasis)";
const BEFORE = "var(--p-color-icon-secondary)";

// Recharts looks for its own elements by type, hence functions and no components of ours.
function periodLines(days: number) {
  return [
    <Line
      key="before"
      dataKey="before"
      stroke={BEFORE}
      strokeWidth={1.5}
      strokeDasharray="4 4"
      strokeOpacity={0.7}
      dot={false}
      activeDot={false}
      isAnimationActive={false}
    />,
    <Line
      key="value"
      dataKey="value"
      stroke={NOW}
      strokeWidth={2.5}
      dot={days <= DOTTED_DAYS ? { r: 3 } : false}
      isAnimationActive={false}
    />,
  ];
}

/** One day makes no line. */
function dayBars() {
  const bar = { maxBarSize: 64, radius: 4, isAnimationActive: false };
  return [
    <Bar key="before" dataKey="before" fill={BEFORE} fillOpacity={0.5} {...bar} />,
    <Bar key="value" dataKey="value" fill={NOW} {...bar} />,
  ];
}
