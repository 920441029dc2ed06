const BULK_OPERATION =
  "{ id status type errorCode createdAt completedAt objectCount rootObjectCount fileSize url partialDataUrl }";

export const RUN_BULK = `mutation RunBulk($query: String!) {
bulkOperationRunQuery(query: $query, groupObjects: false) {
bulkOperation ${BULK_OPERATION} userErrors { code field message } } }`;

export const POLL_BULK = `query PollBulk($id: ID!) { bulkOperation(id: $id) ${BULK_OPERATION} }`;

export const CANCEL_BULK = `mutation CancelBulk($id: ID!) {
bulkOperationCancel(id: $id) { bulkOperation ${BULK_OPERATION} userErrors { field message } } }`;

/** This app's newest operations, with their text: to know one's own again. */
export const RECENT_BULKS = `query RecentBulks {
bulkOperations(first: 20, query: "operation_type:query", sortKey: CREATED_AT, reverse: true) {
edges { node { id status createdAt query } } } }`;
