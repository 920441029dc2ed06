import { gid, numberedId } from "../ids";
import type { PlainNode, SimShop } from "../types";

/** Where a shop keeps and sells its goods: the warehouse, and the till. */
export const WAREHOUSE = 0;
export const TILL = 1;
const NAMES = ["Warehouse", "High Street"];

/** Locations of a shop; what is sold at the till leaves from there, all else from the warehouse. */
export function locationNodes(shop: SimShop): PlainNode[] {
  return NAMES.map((_, position) => ({
    ...locationReference(shop, position),
    legacyResourceId: String(locationId(shop, position)),
    isActive: true,
    activatable: false,
    deactivatable: true,
    deletable: false,
    deactivatedAt: null,
    addressVerified: false,
    fulfillsOnlineOrders: position === WAREHOUSE,
    hasActiveInventory: true,
    hasUnfulfilledOrders: true,
    isFulfillmentService: false,
    shipsInventory: position === WAREHOUSE,
    createdAt: shop.createdAt,
    updatedAt: shop.createdAt,
    fulfillmentService: null,
    localPickupSettingsV2: null,
    suggestedAddresses: [],
    metafields: [],
    address: {
      address1: null,
      address2: null,
      city: null,
      country: null,
      countryCode: shop.countryCode,
      formatted: [shop.countryCode],
      latitude: null,
      longitude: null,
      phone: null,
      province: null,
      provinceCode: null,
      zip: null,
    },
  }));
}

export function locationReference(shop: SimShop, position: number): PlainNode {
  return {
    __typename: "Location",
    id: gid("Location", locationId(shop, position)),
    name: NAMES[position] ?? "Location",
  };
}

export function locationId(shop: SimShop, position: number): number {
  return numberedId("Location", (shop.id % 1_000_000) * 10 + position);
}
