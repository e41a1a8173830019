import { canonicalise } from "@xpressbuy/client/canonical-url";

/**
 * The answers the server has already put into the page, by their canonical address. A broken block costs a request, never
 * the page.
 */
export function readFirstData(page: Document): ReadonlyMap<string, unknown> {
  const text = page.getElementById("first-data")?.textContent;
  if (!text) return new Map();
  try {
    return parseFirstData(text);
  } catch {
    return new Map();
  }
}

export function parseFirstData(text: string): ReadonlyMap<string, unknown> {
  const parsed: unknown = JSON.parse(text);
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) return new Map();
  return new Map(Object.entries(parsed).map(([url, answer]): [string, unknown] => [canonicalise(url), answer]));
}
