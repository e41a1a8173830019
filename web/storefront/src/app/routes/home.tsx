import { useQuery, type QueryClient } from "@tanstack/react-query";
import { useMessages } from "@xpressbuy/ui/locale";
import { paths } from "@/config/paths";
import { ProductRow } from "@/features/catalog/components/product-row";
import { RecentlyViewedRow } from "@/features/catalog/components/recently-viewed-row";
import { homeQuery } from "@/features/home/api/get-home";
import { CategoryTiles } from "@/features/home/components/category-tiles";
import { HomeSkeleton } from "@/features/home/components/home-skeleton";
import { Opening } from "@/features/home/components/opening";
import { Promises } from "@/features/home/components/promises";
import { fetchAhead } from "@/lib/fetch-ahead";
import { usePageTitle } from "@/lib/page-title";

export function prefetch(client: QueryClient): void {
  fetchAhead(client, homeQuery);
}

export function Component() {
  const { home } = useMessages();
  const { data } = useQuery({ ...homeQuery, throwOnError: true });
  usePageTitle("");

  if (!data) return <HomeSkeleton />;
  return (
    <>
      <Opening edit={data.edit} />
      <div className="flex flex-col gap-20 lg:gap-24">
        <CategoryTiles categories={data.categories} />
        <ProductRow
          id="newest"
          title={home.newest}
          note={home.newestNote}
          to={paths.everything({ sort: "newest" })}
          products={data.newest}
        />
        <Promises />
        <ProductRow
          id="best-selling"
          title={home.bestSelling}
          note={home.bestSellingNote}
          to={paths.everything({ sort: "best_selling" })}
          products={data.best_selling}
        />
        <RecentlyViewedRow />
      </div>
    </>
  );
}
