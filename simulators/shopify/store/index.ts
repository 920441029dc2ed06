export { generateStore } from "./generate";
export type { OrderNode, SimStore } from "./types";
