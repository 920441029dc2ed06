import type { AdPlanOptions } from "../ad-plan/types";
import { EventLog } from "./live/event-log";
import { LiveStore } from "./live/live-store";
import type { StoreSource } from "./options";
import { ShopData } from "./shop-data";
import { staffOf } from "./staff";
import type { RememberedSource, ShopState, SimulatorState } from "./state";
import { generateStore } from "./store/generate";
import { replayStore } from "./store/replay";
import type { SimStore } from "./store/types";

/**
 * Makes each store, with the parameters remembered from an earlier start when there are any: a
 * restarted stand-in is the same shop with the same orders.
 */
export function openStores(
  state: SimulatorState,
  sources: StoreSource[],
  report: (message: string) => void,
): Map<string, ShopData> {
  const shops = new Map<string, ShopData>();
  for (const source of sources) {
    const domain = source.kind === "given" ? source.store.shop.domain : source.options.domain;
    const known = state.shop(domain);
    const store =
      source.kind === "given" ? source.store : made(known?.source ?? remembered(source));
    if (known && source.kind !== "given" && !isSame(known.source, remembered(source))) {
      report(`${domain} stays as ${state.dir} remembers it; another folder makes another store`);
    }
    shops.set(domain, new ShopData(store));
    if (!known) state.content.shops.push(newShop(store, source));
  }
  state.changed();
  return shops;
}

/** Lets happen again, to each store, what had happened to it when the stand-in was stopped. */
export function liveStores(
  state: SimulatorState,
  shops: Map<string, ShopData>,
): Map<string, LiveStore> {
  return new Map(
    [...shops].map(([domain, data]) => [
      domain,
      new LiveStore(
        data.store,
        new EventLog(state.dir, domain),
        adsOf(state.shop(domain)?.source ?? null),
      ),
    ]),
  );
}

/** The ads that sell for a store; null for one that was not made with any. */
export function adsOf(source: RememberedSource | null): AdPlanOptions | null {
  return (source?.kind === "generated" && source.options.ads) || null;
}

function newShop(store: SimStore, source: StoreSource): ShopState {
  return {
    domain: store.shop.domain,
    source: source.kind === "given" ? null : remembered(source),
    installed: false,
    scopes: [],
    staff: staffOf(store.shop),
    bulkOperations: [],
  };
}

function remembered(source: Exclude<StoreSource, { kind: "given" }>): RememberedSource {
  if (source.kind === "replayed") return source;
  return {
    kind: "generated",
    options: { ...source.options, now: source.options.now.toISOString() },
  };
}

function made(source: RememberedSource): SimStore {
  if (source.kind === "replayed") return replayStore(source.options);
  return generateStore({ ...source.options, now: new Date(source.options.now) });
}

/** Whether two sources ask for the same store; when they were asked does not matter. */
function isSame(a: RememberedSource | null, b: RememberedSource): boolean {
  const asked = (source: RememberedSource | null) =>
    source && JSON.stringify({ ...source.options, now: null, kind: source.kind });
  return asked(a) === asked(b);
}
