import { getQuery } from "./get-query";

/** A product by its slug: the page asks for it, cards fetch it ahead. */
export function productQuery(slug: string) {
  return getQuery("/api/products/{slug}", { path: { slug } });
}
