export { generateStore } from "./generate/generate-store";
export { simShop, storeFromOrders } from "./store-from-orders";
export type {
  GenerateOptions,
  OrderHead,
  OrderNode,
  PlainNode,
  ReplayOptions,
  SimShop,
  SimStore,
  StoreSummary,
} from "./types";
