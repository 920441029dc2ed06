export { generateStore } from "./generate";
export { ReplayError, replayStore } from "./replay";
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
