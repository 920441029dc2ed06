import type { ReactNode } from "react";

/** A short page outside the Shopify admin, where Polaris has no place. */
export function PlainPage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main
      style={{
        maxWidth: "32rem",
        margin: "20vh auto 0",
        padding: "0 1rem",
        fontFamily: "Inter, system-ui, sans-serif",
        lineHeight: 1.5,
      }}
    >
      <h1>{title}</h1>
      {children}
    </main>
  );
}
