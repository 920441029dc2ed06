import type { ReactNode } from "react";

/** The line under a figure: as high without anything to say as with it. */
export function FigureFootnote({ children }: { children: ReactNode }) {
  return <div style={{ display: "flex", alignItems: "center", height: "20px" }}>{children}</div>;
}
