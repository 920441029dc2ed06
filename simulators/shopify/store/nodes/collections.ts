import { gid, numberedId } from "../ids";
import type { ProductRecord } from "../records-catalogue";
import type { PlainNode } from "../types";
import { instant } from "./context";
import { productReference } from "./products";

const ALL = "All";

/** The collections of a catalogue: one of all products, one for each product type. */
export function collectionNodes(catalogue: ProductRecord[]): PlainNode[] {
  return titlesOf(catalogue).map((title, position) => {
    const held = catalogue.filter((one) => title === ALL || one.productType === title);
    const latest = Math.max(0, ...held.map((product) => product.updatedAt));
    return {
      ...collectionReference(title, position),
      description: "",
      descriptionHtml: "",
      sortOrder: "BEST_SELLING",
      templateSuffix: null,
      updatedAt: instant(latest),
      productsCount: { count: held.length, precision: "EXACT" },
      products: held.map(productReference),
      ruleSet: null,
      seo: { title: null, description: null },
      metafields: [],
    };
  });
}

/** The collections a product is in, where they are only pointed at. */
export function collectionsOf(catalogue: ProductRecord[], product: ProductRecord): PlainNode[] {
  return titlesOf(catalogue).flatMap((title, position) =>
    title === ALL || title === product.productType ? [collectionReference(title, position)] : [],
  );
}

function titlesOf(catalogue: ProductRecord[]): string[] {
  const types = new Set(catalogue.map((product) => product.productType).filter(Boolean));
  return [ALL, ...types];
}

function collectionReference(title: string, position: number): PlainNode {
  const id = numberedId("Collection", position);
  return {
    __typename: "Collection",
    id: gid("Collection", id),
    legacyResourceId: String(id),
    title,
    handle: title.toLowerCase().replace(/[^a-z0-9]+/g, "-"),
  };
}
