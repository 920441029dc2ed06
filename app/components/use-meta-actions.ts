import { useFetcher } from "@remix-run/react";
import { useEffect, useState } from "react";

/** What a person can do with a connected Meta, and whether it is under way. */
export interface MetaActions {
  choose(id: string): void;
  choosing: boolean;
  disconnect(): void;
  disconnecting: boolean;
  /** The list of ad accounts is open though one is chosen. */
  changing: boolean;
  setChanging(changing: boolean): void;
}

/** The page's data is read again by itself after each. `chosen` is the present ad account. */
export function useMetaActions(chosen: string | null): MetaActions {
  const account = useFetcher();
  const connection = useFetcher();
  const [changing, setChanging] = useState(false);
  const choosing = account.state !== "idle";
  useEffect(() => {
    if (!choosing) setChanging(false);
  }, [choosing]);
  const choose = (id: string) => {
    if (id === chosen) return setChanging(false);
    account.submit({ ad_account_id: id }, { method: "post", action: "/app/meta/account" });
  };
  return {
    choose,
    choosing,
    disconnect: () => connection.submit(null, { method: "post", action: "/app/meta/disconnect" }),
    disconnecting: connection.state !== "idle",
    changing,
    setChanging,
  };
}
