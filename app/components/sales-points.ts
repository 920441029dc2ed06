/** Net sales of one day, with those of the day at the same place of the period before. */
export interface SalesPoint {
  /** A day of the shop. */
  date: string;
  value: string;
  beforeDate: string | null;
  before: string | null;
}

interface DaySales {
  date: string;
  net_sales: string | number | null;
}

/** Lays the period before under the period shown, day by day; without it there is nothing to lay. */
export function salesPoints(
  days: readonly DaySales[],
  before: readonly DaySales[] | undefined,
): SalesPoint[] {
  return days.map(({ date, net_sales }, place) => {
    const earlier = before?.[place];
    return {
      date,
      value: String(net_sales ?? 0),
      beforeDate: earlier?.date ?? null,
      before: earlier ? String(earlier.net_sales ?? 0) : null,
    };
  });
}
