// `npm run docs:fields`: writes docs/shopify-fields.md from the schema and the app's own documents.
import { writeFileSync } from "node:fs";
import { shopifyFieldsPage } from "./lib/shopify-fields/field-page";
import { orderFieldVerdicts } from "./lib/shopify-fields/field-verdicts";

writeFileSync(
  new URL("../docs/shopify-fields.md", import.meta.url),
  shopifyFieldsPage(orderFieldVerdicts()),
);
