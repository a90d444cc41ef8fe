import { fileURLToPath } from "node:url";
import { lingui, linguiTransformerBabelPreset } from "@lingui/vite-plugin";
import babel from "@rolldown/plugin-babel";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { precompress } from "./scripts/precompress.ts";

const backend = process.env.VOD_BACKEND ?? "http://127.0.0.1:8000";
const proxied = [
  "/graphql/",
  "/api",
  "/_allauth",
  "/stream",
  "/previews",
  "/images",
  "/admin",
  "/static/admin",
  "/static/unfold",
];

export default defineConfig(({ command }) => ({
  // Django serves the build under /static/app/ and index.html for the app's own paths.
  base: command === "build" ? "/static/app/" : "/",
  plugins: [
    // Before React's: the words have to be found while they are still JSX.
    babel({ presets: [linguiTransformerBabelPreset()] }),
    react(),
    lingui(),
    tailwindcss(),
    precompress(),
  ],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  build: {
    manifest: true,
    target: "es2022",
    // The content security policy has no data: for fonts, and a small file costs little over HTTP/2.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      checks: { pluginTimings: false },
      input: ["index.html", "src/worker/sw.ts"],
      output: {
        // The worker has a name of its own, and the server hands it out at the root.
        entryFileNames: ({ name }) => (name === "sw" ? "sw.js" : "assets/[name]-[hash].js"),
        codeSplitting: {
          // Two files that every page needs anyway, instead of twenty small ones; pages and the player stay lazy.
          groups: [
            {
              name: "vendor",
              test: /node_modules\/(react|react-dom|scheduler|@tanstack|@lingui|blurhash)\//,
            },
            {
              name: "ground",
              test: /src\/(components|gql|lib\/(?!(player|qr|allauth)\/)|features\/\w+\/(query|filters|Beam))|preload-helper/,
            },
          ],
        },
      },
    },
  },
  server: {
    proxy: Object.fromEntries(proxied.map((path) => [path, { target: backend, changeOrigin: false }])),
  },
  test: {
    environment: "jsdom",
    setupFiles: ["src/testing/setup.ts"],
    include: ["src/**/*.test.{ts,tsx}"],
    css: false,
    testTimeout: 30_000,
  },
}));
