import { useFetcher } from "@remix-run/react";
import { useAppBridge } from "@shopify/app-bridge-react";
import { useEffect } from "react";

/** What a press asks for; `job_id` names one job, `platform` all that concerns one. */
export type SyncPress =
  | { intent: "sync" | "rebuild" | "pause" | "resume"; platform: "SHOPIFY" | "META" }
  | { intent: "cancel" | "retry"; job_id: string }
  | { intent: "reread"; order: string };

export interface SyncActions {
  send(press: SyncPress): void;
  /** Whether this very press is on its way. */
  sending(intent: SyncPress["intent"], target: string): boolean;
  /** What is on its way and begins a job; null when nothing is. */
  starting: { intent: string; target: string } | null;
}

/** Presses that begin a job. */
const STARTS = ["sync", "rebuild", "retry", "resume"];

/** Sends presses to the page's action and says in a toast what came of them. */
export function useSyncActions(): SyncActions {
  const { submit, formData, state, data } = useFetcher<{ said: string }>();
  const bridge = useAppBridge();
  useEffect(() => {
    if (data) bridge.toast.show(data.said);
  }, [data, bridge]);
  const intent = state === "idle" ? null : (formData?.get("intent") ?? null);
  const target = String(
    formData?.get("platform") ?? formData?.get("job_id") ?? formData?.get("order"),
  );
  return {
    send: (press) => submit(press, { method: "post", action: "/app/sync" }),
    sending: (asked, of) => intent === asked && target === of,
    starting: typeof intent === "string" && STARTS.includes(intent) ? { intent, target } : null,
  };
}
