import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig(({ command }) => ({
  // The server hands out everything in dist/ under /assets/, so the build names its files that way and keeps dist/ flat.
  base: command === "build" ? "/assets/" : "/",
  plugins: [react(), tailwindcss()],
  resolve: { alias: { "@": here("./src") } },
  build: {
    manifest: true,
    assetsDir: "",
    // The content security policy has no `data:` for fonts or scripts, so nothing may be inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // index.html is for the development server only; the shop's own server writes the page around the manifest.
      input: { main: here("./src/main.tsx"), theme: here("./src/theme-start.ts") },
    },
  },
  server: {
    proxy: Object.fromEntries(
      ["/api", "/auth", "/media", "/dev"].map((path) => [path, process.env.XPRESSBUY_API ?? "http://localhost:3000"]),
    ),
  },
}));
