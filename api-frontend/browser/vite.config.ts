import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const server = process.env.LAUREL_URL ?? "http://127.0.0.1:5080";

// The server sends every file with a policy that forbids inline scripts and styles: nothing may be inlined, not even small files.
export default defineConfig({
  root: at("."),
  base: "/browser/",
  publicDir: false,
  build: {
    outDir: process.env.LAUREL_BROWSER_OUT ?? at("dist"),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: "es2022",
    rollupOptions: { input: { overlay: at("overlay.html"), console: at("console.html") } },
  },
  // `npx vite` serves the pages as they are edited, from /browser/overlay.html on, beside a running server.
  server: {
    proxy: Object.fromEntries(
      ["/hubs", "/v1", "/tenants", "/leaderboards", "/health", "/ready", "/metrics"].map((path) => [path, { target: server, ws: true }]),
    ),
  },
  test: { include: ["tests/**/*.test.ts"] },
});
