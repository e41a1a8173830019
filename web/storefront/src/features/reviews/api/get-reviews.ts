import { infiniteQueryOptions, type InfiniteData, type QueryClient } from "@tanstack/react-query";
import type { ApiProblem } from "@xpressbuy/client/api-problem";
import type { ReviewList } from "@xpressbuy/client/types";
import { pagesInListMax, reviewPageSize } from "@/config/limits";
import { getQuery } from "@/lib/get-query";

export function reviewPageQuery(slug: string, cursor?: string) {
  return getQuery("/api/products/{slug}/reviews", { path: { slug }, query: { limit: reviewPageSize, cursor } });
}

export function reviewsQuery(client: QueryClient, slug: string) {
  const first = reviewPageQuery(slug);
  return infiniteQueryOptions<ReviewList, ApiProblem, InfiniteData<ReviewList>, readonly string[], string | undefined>({
    queryKey: ["reviews", ...first.queryKey],
    queryFn: ({ pageParam }) => client.query(reviewPageQuery(slug, pageParam)),
    initialPageParam: undefined,
    getNextPageParam: (last, pages) => (pages.length < pagesInListMax ? (last.next_cursor ?? undefined) : undefined),
    initialData: () => {
      const page = client.getQueryData(first.queryKey);
      return page && { pages: [page], pageParams: [undefined] };
    },
  });
}
