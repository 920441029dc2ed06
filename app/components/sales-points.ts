/** Net sales of one day, with those of the day at the same place of the period before. */
export interface SalesPoint {
  /** A day of the shop. */
  date: string;
  /** null: not all orders of the day are here yet. */
  value: string | null;
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
      value: amountOf(net_sales),
      beforeDate: earlier?.date ?? null,
      before: earlier ? amountOf(earlier.net_sales) : null,
    };
  });
}

const amountOf = (value: string | number | null) => (value === null ? null : String(value));
