import { existsSync, readFileSync } from "node:fs";
import { brotliCompressSync } from "node:zlib";
import { describe, expect, it } from "vitest";

/**
 * How much script a page needs before it answers the first touch. Counted is what the browser must have for it: the entry, the
 * page's own file and all that these import, each compressed as the server sends it. What is fetched later is not. Measured are the
 * pages a visit starts on.
 */
const dist = new URL("./dist/", import.meta.url);
const manifestFile = new URL(".vite/manifest.json", dist);
const budgetBytes = 120 * 1024;

interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
}

type Manifest = Readonly<Record<string, Chunk>>;

function filesNeeded(manifest: Manifest, keys: readonly string[], found = new Set<string>()): Set<string> {
  for (const key of keys) {
    const chunk = manifest[key];
    if (!chunk) throw new Error(`The manifest has no ${key}`);
    if (found.has(chunk.file)) continue;
    found.add(chunk.file);
    filesNeeded(manifest, chunk.imports ?? [], found);
  }
  return found;
}

function compressedBytes(files: Iterable<string>): number {
  return [...files]
    .map((file) => brotliCompressSync(readFileSync(new URL(file, dist))).byteLength)
    .reduce((sum, bytes) => sum + bytes, 0);
}

const isBuilt = existsSync(manifestFile);
const title = isBuilt ? "script before the first interaction" : "script budget: skipped, run `npm run build` first";

describe.skipIf(!isBuilt)(title, () => {
  it.each(["home", "category", "product", "search"])("%s stays within 120 kB of Brotli", (page) => {
    const manifest = JSON.parse(readFileSync(manifestFile, "utf8")) as Manifest;
    const files = filesNeeded(manifest, ["src/theme-start.ts", "src/main.tsx", `src/app/routes/${page}.tsx`]);
    expect(compressedBytes(files)).toBeLessThanOrEqual(budgetBytes);
  });
});
