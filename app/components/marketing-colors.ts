/** Told apart by form as well: a line, bars, a dashed line. */
export const REVENUE_COLOR = "var(--p-color-bg-fill-emphasis)";
export const SPEND_COLOR = "var(--p-color-bg-fill-magic)";
export const MER_COLOR = "var(--p-color-bg-fill-success)";
