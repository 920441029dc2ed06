import { useState } from "react";

const WINDOW = "popup,width=640,height=760";

export interface MetaLogin {
  /** From a click, or the browser refuses the window. */
  open(): Promise<void>;
  /** The address of the login is on its way. */
  opening: boolean;
  /** It did not come. */
  failed: boolean;
}

/**
 * Opens Meta's login, which refuses frames, in a window of its own; where windows are refused, in
 * the place of the whole admin. The window is opened before its address is known: browsers only let
 * a click open one at once. `onOpened` is told when the person is on their way.
 */
export function useMetaLogin(onOpened: () => void): MetaLogin {
  const [state, setState] = useState<"idle" | "opening" | "failed">("idle");
  async function open() {
    const login = window.open("about:blank", "merit-meta", WINDOW);
    setState("opening");
    try {
      const url = await startLogin();
      if (login) {
        // What stands in there next must not reach back into the admin's frame.
        login.opener = null;
        login.location.replace(url);
        onOpened();
      } else {
        window.open(url, "_top");
      }
      setState("idle");
    } catch {
      login?.close();
      setState("failed");
    }
  }
  return { open, opening: state === "opening", failed: state === "failed" };
}

async function startLogin(): Promise<string> {
  const answer = await fetch("/app/meta/start", { method: "POST" });
  if (!answer.ok) throw new Error(`answered ${answer.status}`);
  const { url }: { url?: unknown } = await answer.json();
  if (typeof url !== "string") throw new Error("no address");
  return url;
}
