export type PgType =
  | "bigint"
  | "text"
  | "timestamptz"
  | "boolean"
  | "integer"
  | "numeric"
  | "text[]"
  | "bigint[]"
  | "jsonb"
  | "bytea"
  | "date";

/** A fact table as set-based statements need it: its own key (after shop_id) and typed columns. */
export interface FactTable {
  name: string;
  key: string | readonly string[];
  columns: Readonly<Record<string, PgType>>;
}

/** An amount in shop money, and beside it the buyer's. */
export const pair = <Name extends string>(name: Name) =>
  ({ [name]: "numeric", [`${name}_presentment`]: "numeric" }) as Record<
    Name | `${Name}_presentment`,
    "numeric"
  >;
