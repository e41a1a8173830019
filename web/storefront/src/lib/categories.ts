import { useQuery } from "@tanstack/react-query";
import type { Category } from "@xpressbuy/client/types";
import { getQuery } from "./get-query";

/** The tree changes a few times a year; one fetch a visit is enough. */
export const categoriesQuery = getQuery("/api/categories", {}, Infinity);

export function useCategories(): readonly Category[] {
  return useQuery(categoriesQuery).data?.items ?? [];
}

/** Those with something in them: a link to an empty shelf helps nobody. */
export function topCategories(categories: readonly Category[]): Category[] {
  return categories.filter((one) => one.parent === null && one.product_count > 0);
}

export function childrenOf(categories: readonly Category[], slug: string): Category[] {
  return categories.filter((one) => one.parent === slug && one.product_count > 0);
}

/** From the root down to the category itself; empty if it is unknown. */
export function trailTo(categories: readonly Category[], slug: string): Category[] {
  const bySlug = new Map(categories.map((one) => [one.slug, one]));
  const trail: Category[] = [];
  let next = bySlug.get(slug);
  // A loop in the data must not become a loop here.
  while (next && !trail.includes(next)) {
    trail.unshift(next);
    next = next.parent === null ? undefined : bySlug.get(next.parent);
  }
  return trail;
}
