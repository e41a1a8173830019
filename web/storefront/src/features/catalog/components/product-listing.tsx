import type { ReactNode } from "react";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useLocation, useSearchParams } from "react-router";
import { ApiProblem } from "@xpressbuy/client/api-problem";
import type { ProductSort } from "@xpressbuy/client/types";
import { Button, buttonLook } from "@xpressbuy/ui/button";
import { EmptyState } from "@xpressbuy/ui/empty-state";
import { useMessages } from "@xpressbuy/ui/locale";
import { Skeleton } from "@xpressbuy/ui/skeleton";
import { productListQuery } from "../api/get-product-list";
import type { ListSearch } from "../api/list-search";
import { ProductGrid, ProductGridSkeleton } from "./product-grid";
import { SortSelect } from "./sort-select";

interface ProductListingProps {
  search: ListSearch;
  sorts: readonly ProductSort[];
  /** Shown instead of the grid when nothing matches. */
  empty: ReactNode;
  /** The place for filters: a column beside the grid on wide screens. */
  filters?: ReactNode;
  /** The place for the summary of what is filtered, above the grid. */
  summary?: ReactNode;
}

/** A list with its count, its order and its end; category pages and search results are made of it. */
export function ProductListing({ search, sorts, empty, filters, summary }: ProductListingProps) {
  const { list, shell } = useMessages();
  const client = useQueryClient();
  const [, setParameters] = useSearchParams();
  const query = useInfiniteQuery({ ...productListQuery(client, search), throwOnError: (error) => !isRefused(error) });
  const products = query.data?.pages.flatMap((page) => page.items);
  const total = query.data?.pages[0]?.total ?? 0;

  const sortBy = (sort: ProductSort) =>
    setParameters(
      (parameters) => {
        parameters.set("sort", sort);
        return parameters;
      },
      { preventScrollReset: true },
    );

  if (isRefused(query.error)) return <RefusedList />;
  if (products?.length === 0) return empty;
  return (
    <div className={filters ? "lg:grid lg:grid-cols-[15rem_1fr] lg:gap-10" : undefined} aria-busy={query.isPending}>
      {filters}
      <div>
        <div className="mb-6 flex min-h-11 items-center justify-between gap-4">
          <p role="status" className="tabular text-sm text-muted">
            {products ? list.resultCount(total) : <Skeleton className="h-5 w-24" />}
            {!products && <span className="sr-only">{shell.loading}</span>}
          </p>
          <SortSelect value={search.sort} options={sorts} onChange={sortBy} />
        </div>
        {summary}
        {products ? <ProductGrid products={products} level={2} /> : <ProductGridSkeleton />}
        {products && (
          <ListEnd
            shown={products.length}
            total={total}
            loading={query.isFetchingNextPage}
            onMore={query.hasNextPage ? () => void query.fetchNextPage() : undefined}
          />
        )}
      </div>
    </div>
  );
}

/** The address asks for what no list can give, such as a price that is no number. */
function isRefused(error: Error | null): boolean {
  return error instanceof ApiProblem && (error.status === 400 || error.status === 422);
}

function RefusedList() {
  const { list } = useMessages();
  const { pathname } = useLocation();
  return (
    <EmptyState title={list.refused.title} text={list.refused.text}>
      <Link to={pathname} className={buttonLook("secondary")}>
        {list.refused.link}
      </Link>
    </EmptyState>
  );
}

interface ListEndProps {
  shown: number;
  total: number;
  loading: boolean;
  onMore: (() => void) | undefined;
}

function ListEnd({ shown, total, loading, onMore }: ListEndProps) {
  const { list } = useMessages();
  if (total <= shown && !onMore) return null;
  return (
    <div className="mt-16 flex flex-col items-center gap-4">
      <p role="status" className="tabular text-sm text-muted">
        {list.shownOf(shown, total)}
      </p>
      <div aria-hidden className="h-0.5 w-48 overflow-clip rounded-full bg-line">
        <div
          className="h-full origin-left bg-ink transition-transform duration-200"
          style={{ transform: `scaleX(${String(Math.min(1, shown / total))})` }}
        />
      </div>
      {onMore && (
        <Button size="lg" busy={loading} onClick={onMore}>
          {loading ? list.loadingMore : list.showMore}
        </Button>
      )}
    </div>
  );
}
