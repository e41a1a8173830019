import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { alias: { "@": fileURLToPath(new URL("./storefront/src", import.meta.url)) } },
  test: {
    include: ["packages/*/src/**/*.test.ts", "storefront/**/*.test.ts"],
    environment: "node",
  },
});
