import type { QueryClient } from "@tanstack/react-query";
import { Link, useParams, useSearchParams } from "react-router";
import { ApiProblem } from "@xpressbuy/client/api-problem";
import { buttonLook } from "@xpressbuy/ui/button";
import { EmptyState } from "@xpressbuy/ui/empty-state";
import { useMessages } from "@xpressbuy/ui/locale";
import { everythingSlug, paths } from "@/config/paths";
import { productPageQuery } from "@/features/catalog/api/get-product-list";
import { categorySearch, categorySorts } from "@/features/catalog/api/list-search";
import { CategoryHeading } from "@/features/catalog/components/category-heading";
import { ProductListing } from "@/features/catalog/components/product-listing";
import { childrenOf, topCategories, trailTo, useCategories } from "@/lib/categories";
import { fetchAhead } from "@/lib/fetch-ahead";
import { usePageTitle } from "@/lib/page-title";

function categoryOf(slug: string | undefined): string | undefined {
  return slug === everythingSlug ? undefined : slug;
}

export function prefetch(client: QueryClient, url: URL, parameters: Record<string, string | undefined>): void {
  fetchAhead(client, productPageQuery(categorySearch(categoryOf(parameters.category), url.searchParams)));
}

export function Component() {
  const { list } = useMessages();
  const slug = categoryOf(useParams().category);
  const [parameters] = useSearchParams();
  const categories = useCategories();
  const trail = slug === undefined ? [] : trailTo(categories, slug);
  const category = trail.at(-1);
  const title = slug === undefined ? list.everything : (category?.name ?? "");
  usePageTitle(title || undefined);

  // The tree is known and this is no part of it: say so instead of showing an empty list.
  if (slug !== undefined && categories.length > 0 && !category) throw new ApiProblem({ status: 404 });
  return (
    <div className="page">
      <CategoryHeading
        title={title}
        trail={trail.slice(0, -1)}
        branches={slug === undefined ? topCategories(categories) : childrenOf(categories, slug)}
      />
      <ProductListing
        search={categorySearch(slug, parameters)}
        sorts={categorySorts}
        empty={
          <EmptyState title={list.empty.title} text={list.empty.text}>
            <Link to={paths.everything()} className={buttonLook("secondary")}>
              {list.empty.link}
            </Link>
          </EmptyState>
        }
      />
    </div>
  );
}
