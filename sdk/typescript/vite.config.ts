import { defineConfig } from "vitest/config";

export default defineConfig({
  // The element with all that it needs in one file, for pages without a bundler. The modules themselves are tsc's.
  build: {
    lib: { entry: "src/element/define.ts", formats: ["es"], fileName: () => "laurel-leaderboard.js" },
    emptyOutDir: false,
    target: "es2022",
    minify: true,
    rollupOptions: { output: { codeSplitting: false } },
  },
  // Each file starts a server of its own; two cores take few at once.
  test: { include: ["tests/**/*.test.ts"], maxWorkers: 2, testTimeout: 300_000, hookTimeout: 300_000 },
});
