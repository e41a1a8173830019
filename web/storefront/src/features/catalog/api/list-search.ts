import type { Query } from "@xpressbuy/client/canonical-url";
import type { ProductSort } from "@xpressbuy/client/types";
import { pageSize } from "@/config/limits";

/** What a list page asks for. All of it comes from the address of the page, so that a link shows the same list again. */
export interface ListSearch {
  readonly words?: string;
  readonly category?: string;
  readonly sort: ProductSort;
  /** Filters by the API's own names: `price_min`, `option.Colour`, `brand` … */
  readonly filters: Readonly<Record<string, readonly string[]>>;
}

export const categorySorts: readonly ProductSort[] = ["newest", "best_selling", "price_asc", "price_desc", "rating"];
export const searchSorts: readonly ProductSort[] = ["relevance", ...categorySorts];

const filterNames = new Set(["price_min", "price_max", "rating_min", "in_stock", "brand", "tag"]);

function isFilter(name: string): boolean {
  return filterNames.has(name) || (name.startsWith("option.") && name.length > "option.".length);
}

function filtersIn(parameters: URLSearchParams): Record<string, string[]> {
  const filters: Record<string, string[]> = {};
  for (const [name, value] of parameters) {
    if (!isFilter(name) || value === "") continue;
    const values = (filters[name] ??= []);
    if (!values.includes(value)) values.push(value);
  }
  return filters;
}

function sortIn(parameters: URLSearchParams, allowed: readonly ProductSort[]): ProductSort {
  const asked = parameters.get("sort");
  return allowed.find((sort) => sort === asked) ?? allowed[0] ?? "newest";
}

export function categorySearch(category: string | undefined, parameters: URLSearchParams): ListSearch {
  const search = { sort: sortIn(parameters, categorySorts), filters: filtersIn(parameters) };
  return category === undefined ? search : { ...search, category };
}

export function wordSearch(parameters: URLSearchParams): ListSearch {
  const words = (parameters.get("q") ?? "").trim();
  return { words, sort: sortIn(parameters, searchSorts), filters: filtersIn(parameters) };
}

export function listQuery({ words, category, sort, filters }: ListSearch, cursor?: string): Query {
  return { q: words, category, ...filters, sort, limit: pageSize, cursor };
}
