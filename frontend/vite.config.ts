import { fileURLToPath } from "node:url";
import { lingui, linguiTransformerBabelPreset } from "@lingui/vite-plugin";
import babel from "@rolldown/plugin-babel";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const backend = process.env.VOD_BACKEND ?? "http://127.0.0.1:8000";
const proxied = ["/graphql/", "/api", "/stream", "/images", "/admin", "/static/admin", "/static/unfold"];

export default defineConfig(({ command }) => ({
  // Django serves the build under /static/app/ and index.html for the app's own paths.
  base: command === "build" ? "/static/app/" : "/",
  plugins: [
    // Before React's: the words have to be found while they are still JSX.
    babel({ presets: [linguiTransformerBabelPreset()] }),
    react(),
    lingui(),
    tailwindcss(),
  ],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  build: {
    manifest: true,
    target: "es2022",
    // The content security policy has no data: for fonts, and a small file costs little over HTTP/2.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
  },
  server: {
    proxy: Object.fromEntries(proxied.map((path) => [path, { target: backend, changeOrigin: false }])),
  },
  test: {
    environment: "jsdom",
    setupFiles: ["src/testing/setup.ts"],
    include: ["src/**/*.test.{ts,tsx}"],
    css: false,
  },
}));
