/** As high as the bars of a quiet month: irregular enough not to look like figures. */
const BARS = [38, 52, 45, 60, 48, 66, 58, 72, 64, 55, 70, 80];

/** Holds the chart's place while it loads. */
export function ChartSkeleton() {
  return (
    <div
      aria-hidden="true"
      style={{
        height: "100%",
        display: "flex",
        alignItems: "end",
        gap: "2%",
        padding: "8px 0 28px",
      }}
    >
      {BARS.map((height) => (
        <div
          key={height}
          style={{
            flex: 1,
            height: `${height}%`,
            borderRadius: "var(--p-border-radius-100)",
            background: "var(--p-color-bg-surface-tertiary)",
          }}
        />
      ))}
    </div>
  );
}
