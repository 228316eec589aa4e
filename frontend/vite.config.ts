// How the front end is built: one small script for every page, islands on demand, names with hashes.
import { resolve } from "node:path";
import { defineConfig } from "vite";

export default defineConfig({
  base: "/static/",
  css: { preprocessorOptions: { scss: { loadPaths: [resolve("node_modules/nhsuk-frontend/dist"), resolve("styles")], quietDeps: true } } },
  build: {
    manifest: "manifest.json",
    target: "es2022",
    modulePreload: { polyfill: false },
    rolldownOptions: { input: ["main.ts", "boot.ts"] },
  },
});
