// How the front end is built: one small script for every page, islands on demand, names with hashes.
import { readdirSync, rmSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { createLogger, defineConfig, type Plugin } from "vite";

const DAY = 24 * 60 * 60 * 1000;

/** Removes what earlier builds left, a day later: running servers and open pages still ask for it until then. */
const prune: Plugin = {
  name: "coprod-prune",
  writeBundle({ dir = "dist" }, bundle) {
    const assets = join(dir, "assets");
    for (const file of readdirSync(assets)) {
      const path = join(assets, file);
      if (!(`assets/${file}` in bundle) && Date.now() - statSync(path).mtimeMs > DAY) rmSync(path);
    }
  },
};

// NHS images are served by Django from /static/nhsuk/, so Vite rightly cannot find them.
const logger = createLogger();
const warnOnce = logger.warnOnce;
logger.warnOnce = (message, options) => {
  if (!message.includes("/static/nhsuk/")) warnOnce(message, options);
};

export default defineConfig({
  base: "/static/",
  customLogger: logger,
  css: {
    preprocessorOptions: {
      scss: { loadPaths: [resolve("node_modules/nhsuk-frontend/dist"), resolve("styles")], quietDeps: true },
    },
  },
  build: {
    manifest: "manifest.json",
    target: "es2022",
    emptyOutDir: false,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: ["main.ts", "boot.ts"], checks: { pluginTimings: false } },
  },
  plugins: [prune],
});
