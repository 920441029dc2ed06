/** Chart, skeleton, table and empty state share it, so that nothing moves when one takes the other's place. */
export const CHART_HEIGHT = "300px";
