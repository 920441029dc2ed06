/** Notes what moved under the reader's eye without having been asked to. */
export const WATCH_SHIFTS = `
  window.shifted = [];
  new PerformanceObserver((list) => {
    for (const { hadRecentInput, sources } of list.getEntries()) {
      if (hadRecentInput) continue;
      window.shifted.push(...sources.map(({ node }) => node?.parentElement?.outerHTML.slice(0, 200)));
    }
  }).observe({ type: "layout-shift", buffered: true });`;
