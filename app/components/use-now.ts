import { useEffect, useState } from "react";

const TICK_MS = 30_000;

/** The present as an ISO instant: the server's at first paint, then moved on every 30 s. */
export function useNow(serverNow: string): string {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    setNow(serverNow);
    const timer = setInterval(() => setNow(new Date().toISOString()), TICK_MS);
    return () => clearInterval(timer);
  }, [serverNow]);
  return now;
}
