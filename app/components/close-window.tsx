import { useEffect } from "react";

const READING_MS = 2_500;

interface CloseWindowProps {
  /** There is nothing left to read: closes after a moment. */
  byItself: boolean;
  /** The app in the shop's admin, for a window that cannot be closed; null when the shop is unknown. */
  back: string | null;
}

/** The way out of a window that was opened for a login. */
export function CloseWindow({ byItself, back }: CloseWindowProps) {
  useEffect(() => {
    if (!byItself) return;
    const timer = setTimeout(() => window.close(), READING_MS);
    return () => clearTimeout(timer);
  }, [byItself]);
  return (
    <p>
      <button type="button" onClick={() => window.close()}>
        Close this window
      </button>
      {back ? (
        <>
          {" or "}
          <a href={back}>open Merit in your Shopify admin</a>.
        </>
      ) : null}
    </p>
  );
}
