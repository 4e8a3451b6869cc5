import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// A game installs the package; the sample takes it as it stands beside it.
export default defineConfig({
  root: at("."),
  base: "./",
  resolve: { alias: [
    { find: "laurel-client/element", replacement: at("../src/element/define.ts") },
    { find: "laurel-client", replacement: at("../src/index.ts") },
  ] },
  build: { outDir: at("dist"), emptyOutDir: true, target: "es2022", assetsInlineLimit: 0, modulePreload: { polyfill: false } },
});
