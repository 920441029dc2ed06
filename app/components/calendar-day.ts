/**
 * Polaris' calendar speaks in local midnights, the app in days without a zone: only year, month and
 * day of the browser's clock go over, so that no offset can move a day.
 */
export function dateOfDay(day: string): Date {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(year, month - 1, date);
}

/** The day (`YYYY-MM-DD`) that a local midnight stands for. */
export function dayOfDate(date: Date): string {
  const pad = (value: number) => String(value).padStart(2, "0");
  return `${String(date.getFullYear()).padStart(4, "0")}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
}
