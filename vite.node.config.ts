import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

/** Bundles what Node starts (web server and worker); packages stay in node_modules. */
export default defineConfig({
  resolve: { alias: { "~": fileURLToPath(new URL("./app", import.meta.url)) } },
  build: {
    ssr: true,
    target: "node20",
    outDir: "build/node",
    sourcemap: true,
    rollupOptions: {
      input: { web: "server.ts", worker: "workers/index.ts" },
      output: { entryFileNames: "[name].js", chunkFileNames: "chunk-[hash].js" },
    },
  },
});
