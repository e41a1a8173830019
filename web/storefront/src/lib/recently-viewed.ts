import { useState } from "react";
import type { Image, ProductCard } from "@xpressbuy/client/types";
import { recentlyViewedMax } from "@/config/limits";

/**
 * What was looked at, on this device only. No price is kept, because by the time it is shown it may be another.
 */
export interface ViewedProduct {
  readonly slug: string;
  readonly name: string;
  readonly image: Image;
}

const storageKey = "recently-viewed";

export function withViewed(
  viewed: readonly ViewedProduct[],
  product: ViewedProduct,
  max = recentlyViewedMax,
): ViewedProduct[] {
  return [product, ...viewed.filter((one) => one.slug !== product.slug)].slice(0, max);
}

function isViewed(value: unknown): value is ViewedProduct {
  if (typeof value !== "object" || value === null) return false;
  const { slug, name, image } = value as Partial<Record<keyof ViewedProduct, unknown>>;
  return typeof slug === "string" && typeof name === "string" && typeof image === "object" && image !== null;
}

export function parseViewed(text: string | null): ViewedProduct[] {
  try {
    const parsed: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(parsed) ? parsed.filter(isViewed).slice(0, recentlyViewedMax) : [];
  } catch {
    return [];
  }
}

function read(): ViewedProduct[] {
  try {
    return parseViewed(localStorage.getItem(storageKey));
  } catch {
    return [];
  }
}

export function rememberViewed({ slug, name, image }: Pick<ProductCard, "slug" | "name" | "image">): void {
  try {
    localStorage.setItem(storageKey, JSON.stringify(withViewed(read(), { slug, name, image })));
  } catch {
    // Full or forbidden storage costs the row of seen products, nothing else.
  }
}

/** What was seen before this page; read once, so that the page itself does not join the row while it is open. */
export function useRecentlyViewed(exceptSlug?: string): ViewedProduct[] {
  const [viewed] = useState(read);
  return viewed.filter((one) => one.slug !== exceptSlug);
}
