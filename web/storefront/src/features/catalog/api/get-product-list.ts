import { infiniteQueryOptions, type InfiniteData, type QueryClient } from "@tanstack/react-query";
import type { ApiProblem } from "@xpressbuy/client/api-problem";
import type { ProductList } from "@xpressbuy/client/types";
import { pagesInListMax } from "@/config/limits";
import { getQuery } from "@/lib/get-query";
import { listQuery, type ListSearch } from "./list-search";

/** A list already seen is shown again as it was, for the way back; five minutes is longer than a look at a product. */
const listFreshMs = 5 * 60_000;

export function productPageQuery(search: ListSearch, cursor?: string) {
  return getQuery("/api/products", { query: listQuery(search, cursor) });
}

/**
 * The pages of a list as one query. Each page is an ordinary GET in the cache, so the first one may come from the page the
 * server sent, and then the list is there at the first render.
 */
export function productListQuery(client: QueryClient, search: ListSearch) {
  const first = productPageQuery(search);
  return infiniteQueryOptions<ProductList, ApiProblem, InfiniteData<ProductList>, readonly string[], string | undefined>({
    queryKey: ["product-list", ...first.queryKey],
    queryFn: ({ pageParam }) => client.query(productPageQuery(search, pageParam)),
    initialPageParam: undefined,
    getNextPageParam: (last, pages) => (pages.length < pagesInListMax ? (last.next_cursor ?? undefined) : undefined),
    initialData: () => {
      const page = client.getQueryData(first.queryKey);
      return page && { pages: [page], pageParams: [undefined] };
    },
    initialDataUpdatedAt: () => client.getQueryState(first.queryKey)?.dataUpdatedAt,
    staleTime: listFreshMs,
  });
}
