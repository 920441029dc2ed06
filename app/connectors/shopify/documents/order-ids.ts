/** Which orders match a search, and how new each is: a page of ids costs little more than one order. */
export const ORDER_IDS = `query OrderIds($first: Int!, $after: String, $query: String!) {
orders(first: $first, after: $after, query: $query, sortKey: ID) {
pageInfo { hasNextPage endCursor }
edges { node { id updatedAt } }
} }`;
