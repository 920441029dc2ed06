import { knownShop, type SimulatorContext } from "../context";

/** Operations that a stop cut short begin anew: to the app they simply take longer. */
export function resumeBulkOperations(context: SimulatorContext): void {
  for (const domain of context.shops.keys()) {
    const shop = knownShop(context, domain);
    for (const record of shop?.state.bulkOperations ?? []) {
      if (!shop) continue;
      if (record.status === "CANCELING") record.status = "CANCELED";
      if (record.status !== "CREATED" && record.status !== "RUNNING") continue;
      record.status = "CREATED";
      context.bulk.start(shop, record);
    }
  }
  context.state.changed();
}
