import { formatMoney } from "../store/money";
import type { PlainNode } from "../store/types";
import { dayText } from "../store/zone-days";
import { addSums, COLUMNS, noSales, type SalesSums } from "./columns";
import { type Grain, parseSalesQuery, type SalesQuery } from "./parse";
import { boundDay, periodOf, periodsBetween } from "./periods";

/** What a report is made from: sales by day, and where the shop's calendar stands. */
export interface Ledger {
  days: ReadonlyMap<number, SalesSums>;
  currency: string;
  /** Number of the shop's day. */
  today: number;
}

/** Days back that a query without dates covers (an assumption: not recorded). */
const DEFAULT_DAYS = 30;
const GRAIN_TYPES = { day: "DAY_TIMESTAMP", week: "WEEK_TIMESTAMP", month: "MONTH_TIMESTAMP" };

interface Row {
  period: number | null;
  sums: SalesSums;
}

/** Complaints of a query, or null when it can be answered. */
export function complaints(text: string, version: string): PlainNode | null {
  const query = parseSalesQuery(text, version);
  return Array.isArray(query) ? { parseErrors: query, tableData: null } : null;
}

/** `ShopifyqlQueryResponse`: money as decimal strings, counts as strings, both ends inclusive. */
export function answerSalesQuery(text: string, version: string, ledger: Ledger): PlainNode {
  const query = parseSalesQuery(text, version);
  if (Array.isArray(query)) return { parseErrors: query, tableData: null };
  const since = query.since ? boundDay(query.since, ledger.today) : ledger.today - DEFAULT_DAYS;
  const until = query.until ? boundDay(query.until, ledger.today) : ledger.today;
  if (since > until) return { parseErrors: ["SINCE must not lie after UNTIL."], tableData: null };
  const rows = limited(query, ordered(query, rowsOf(query, ledger, since, until)));
  if (query.totals && query.grain) rows.unshift(totalOf(ledger, since, until));
  return {
    parseErrors: [],
    tableData: {
      columns: columnsOf(query),
      rows: rows.map((row) => rowJson(query, row, ledger.currency)),
    },
  };
}

function rowsOf(query: SalesQuery, ledger: Ledger, since: number, until: number): Row[] {
  const { grain } = query;
  if (!grain) return [totalOf(ledger, since, until)];
  const found = new Map<number, SalesSums>();
  if (query.fill) {
    for (const period of periodsBetween(since, until, grain)) found.set(period, noSales());
  }
  for (const [day, sums] of ledger.days) {
    if (day < since || day > until) continue;
    const period = periodOf(day, grain);
    const known = found.get(period) ?? noSales();
    addSums(known, sums);
    found.set(period, known);
  }
  return [...found].map(([period, sums]) => ({ period, sums }));
}

function totalOf(ledger: Ledger, since: number, until: number): Row {
  const total = noSales();
  for (const [day, sums] of ledger.days) if (day >= since && day <= until) addSums(total, sums);
  return { period: null, sums: total };
}

function ordered(query: SalesQuery, rows: Row[]): Row[] {
  const { column, descending } = query.orderBy ?? { column: query.grain, descending: false };
  const isGrain = column === query.grain || column === null;
  const key = ({ period, sums }: Row) =>
    isGrain ? (period ?? 0) : (columnOf(column)?.of(sums) ?? 0);
  const sign = descending ? -1 : 1;
  return rows.sort((a, b) => sign * (key(a) - key(b)) || (a.period ?? 0) - (b.period ?? 0));
}

function limited(query: SalesQuery, rows: Row[]): Row[] {
  return query.limit === null ? rows : rows.slice(0, query.limit);
}

function columnsOf({ grain, show }: SalesQuery): PlainNode[] {
  const time = grain
    ? [{ name: grain, dataType: GRAIN_TYPES[grain], displayName: title(grain), subType: null }]
    : [];
  return [
    ...time,
    ...show.map((name) => ({
      name,
      dataType: name === "orders" ? "INTEGER" : "MONEY",
      displayName: name === "sales_reversals" ? "Sales reversals" : COLUMNS[name]?.label,
      subType: null,
    })),
  ];
}

const title = (grain: Grain) => `${grain.charAt(0).toUpperCase()}${grain.slice(1)}`;

function rowJson(query: SalesQuery, { period, sums }: Row, currency: string): PlainNode {
  const row: PlainNode = {};
  if (query.grain) row[query.grain] = period === null ? null : dayText(period);
  for (const name of query.show) {
    const value = columnOf(name)?.of(sums) ?? 0;
    row[name] = name === "orders" ? String(value) : formatMoney(value, currency);
  }
  return row;
}

const columnOf = (name: string) => COLUMNS[name === "sales_reversals" ? "returns" : name];
