/** A question in ShopifyQL, answered as a table. Needs `read_reports`. */
export const SALES_REPORT = `query SalesReport($query: String!) {
shopifyqlQuery(query: $query) { parseErrors tableData { columns { name } rows } } }`;
