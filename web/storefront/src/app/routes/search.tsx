import { useQuery, type QueryClient } from "@tanstack/react-query";
import { Link, useSearchParams } from "react-router";
import { buttonLook } from "@xpressbuy/ui/button";
import { EmptyState } from "@xpressbuy/ui/empty-state";
import { useMessages } from "@xpressbuy/ui/locale";
import { paths } from "@/config/paths";
import { productPageQuery } from "@/features/catalog/api/get-product-list";
import { categorySearch, searchSorts, wordSearch, type ListSearch } from "@/features/catalog/api/list-search";
import { ProductListing } from "@/features/catalog/components/product-listing";
import { ProductRow } from "@/features/catalog/components/product-row";
import { topCategories, useCategories } from "@/lib/categories";
import { fetchAhead } from "@/lib/fetch-ahead";
import { usePageTitle } from "@/lib/page-title";

export function prefetch(client: QueryClient, url: URL): void {
  const search = wordSearch(url.searchParams);
  if (search.words) fetchAhead(client, productPageQuery(search));
}

export function Component() {
  const { list } = useMessages();
  const [parameters] = useSearchParams();
  const search = wordSearch(parameters);
  const words = search.words ?? "";
  usePageTitle(words ? list.search.titleFor(words) : list.search.title);

  if (!words) return <NothingFound title={list.search.start} text={list.search.startText} />;
  return (
    <>
      <div className="page pt-10 pb-8">
        <p className="text-sm text-muted">{list.search.title}</p>
        <h1 className="display text-3xl break-words md:text-5xl">{list.search.resultsFor(words)}</h1>
      </div>
      <div className="page">
        <ProductListing
          search={search}
          sorts={searchSorts}
          empty={<NothingFound title={list.search.none(words)} text={list.search.noneText} search={search} />}
        />
      </div>
    </>
  );
}

interface NothingFoundProps {
  title: string;
  text: string;
  /** What found nothing; the page has its headline already. */
  search?: ListSearch;
}

/** Never a dead end: what comes near the words, the categories, and what others buy. */
function NothingFound({ title, text, search }: NothingFoundProps) {
  const { list } = useMessages();
  const under = search !== undefined;
  const asked = useQuery({ ...productPageQuery(search ?? wordSearch(new URLSearchParams())), enabled: under });
  const categories = topCategories(useCategories());
  const bestSelling = useQuery(productPageQuery(categorySearch(undefined, new URLSearchParams("sort=best_selling"))));
  return (
    <div className={under ? "-mx-[clamp(1rem,4vw,3rem)]" : undefined}>
      <div className="page">
        <EmptyState asPage={!under} title={title} text={text}>
          {categories.map((category) => (
            <Link key={category.slug} to={paths.category(category.slug)} className={buttonLook("secondary")}>
              {category.name}
            </Link>
          ))}
        </EmptyState>
      </div>
      <ProductRow id="near" title={list.search.near} products={asked.data?.near ?? []} />
      <ProductRow id="others" title={list.search.others} products={bestSelling.data?.items.slice(0, 8) ?? []} />
    </div>
  );
}
