import { infiniteQueryOptions, type InfiniteData } from "@tanstack/react-query";
import type { ApiProblem } from "@xpressbuy/client/api-problem";
import { getJson } from "@xpressbuy/client/get-json";
import type { OrderList } from "@xpressbuy/client/shopper-types";
import { ordersPageSize, pagesInListMax, personalFreshMs } from "@/config/limits";
import { apiUrl } from "@/lib/get-query";

/** Own orders, newest first, a page at a time. */
export const ordersQuery = infiniteQueryOptions<
  OrderList,
  ApiProblem,
  InfiniteData<OrderList, string | null>,
  readonly [string],
  string | null
>({
  queryKey: ["/api/orders"],
  queryFn: ({ pageParam, signal }) =>
    getJson<OrderList>(apiUrl("/api/orders", { query: { limit: ordersPageSize, cursor: pageParam } }), signal),
  initialPageParam: null,
  getNextPageParam: (page, pages) => (pages.length < pagesInListMax ? page.next_cursor : null),
  staleTime: personalFreshMs,
});
