import js from "@eslint/js";
import { createTypeScriptImportResolver } from "eslint-import-resolver-typescript";
import { importX } from "eslint-plugin-import-x";
import reactHooks from "eslint-plugin-react-hooks";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";
import { houseRules } from "./eslint/house-rules.js";
import { importZones } from "./eslint/import-zones.js";

const root = import.meta.dirname;

export default defineConfig(
  globalIgnores(["**/dist/", "**/node_modules/", "packages/client/src/schema.d.ts"]),
  js.configs.recommended,
  {
    plugins: { house: houseRules },
    rules: {
      "house/file-names": "error",
      "house/no-barrel": "error",
      "max-lines": ["error", 400],
      "max-lines-per-function": ["error", 70],
      eqeqeq: "error",
      "no-console": "error",
    },
  },
  {
    files: ["**/*.js"],
    languageOptions: { globals: { process: "readonly", console: "readonly" } },
  },
  {
    files: ["**/*.ts", "**/*.tsx"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { project: `${root}/storefront/tsconfig.json`, tsconfigRootDir: root },
    },
    plugins: { "import-x": importX, "react-hooks": reactHooks },
    settings: {
      "import-x/resolver-next": [createTypeScriptImportResolver({ project: `${root}/storefront/tsconfig.json` })],
    },
    rules: {
      ...reactHooks.configs.recommended.rules,
      "import-x/no-restricted-paths": ["error", { zones: importZones(root, ["storefront"]) }],
      "import-x/no-duplicates": "error",
      // Numbers in template strings are how prices, counts and sizes are put together here.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // Event handlers that return a promise are started and left to report through their mutation.
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/consistent-type-imports": "error",
    },
  },
  {
    files: ["**/*.tsx"],
    rules: { "house/no-literal-text": "error" },
  },
  {
    // A describe block is a table of cases, not a function to follow.
    files: ["**/*.test.ts"],
    rules: { "max-lines-per-function": "off" },
  },
);
