import { SkeletonBodyText, SkeletonDisplayText } from "@shopify/polaris";
import { FigureFootnote } from "./figure-footnote";

/** Holds the place of a figure and of its change, at their height. */
export function ValueSkeleton() {
  return (
    <>
      <div style={{ height: "24px", width: "60%", overflow: "hidden" }}>
        <SkeletonDisplayText size="small" maxWidth="100%" />
      </div>
      <FigureFootnote>
        <div style={{ width: "4rem" }}>
          <SkeletonBodyText lines={1} />
        </div>
      </FigureFootnote>
    </>
  );
}
