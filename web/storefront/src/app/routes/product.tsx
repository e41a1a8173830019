import { useEffect } from "react";
import { useQuery, type QueryClient } from "@tanstack/react-query";
import { Link, useParams } from "react-router";
import type { ProductDetail } from "@xpressbuy/client/types";
import { Breadcrumbs } from "@xpressbuy/ui/breadcrumbs";
import { useMessages } from "@xpressbuy/ui/locale";
import { paths } from "@/config/paths";
import { ProductRow } from "@/features/catalog/components/product-row";
import { RecentlyViewedRow } from "@/features/catalog/components/recently-viewed-row";
import { ProductSkeleton } from "@/features/product/components/product-skeleton";
import { ProductView } from "@/features/product/components/product-view";
import { reviewPageQuery } from "@/features/reviews/api/get-reviews";
import { Reviews } from "@/features/reviews/components/reviews";
import { trailTo, useCategories } from "@/lib/categories";
import { fetchAhead } from "@/lib/fetch-ahead";
import { usePageTitle } from "@/lib/page-title";
import { productQuery } from "@/lib/product";
import { rememberViewed } from "@/lib/recently-viewed";

export function prefetch(client: QueryClient, _: URL, { slug }: Record<string, string | undefined>): void {
  if (slug === undefined) return;
  fetchAhead(client, productQuery(slug));
  fetchAhead(client, reviewPageQuery(slug));
}

export function Component() {
  const { slug = "" } = useParams();
  const { data } = useQuery({ ...productQuery(slug), throwOnError: true });
  usePageTitle(data?.name);
  // A key of its own for each product: nothing chosen of one may stay for the next.
  return data ? <ProductPage key={data.slug} product={data} /> : <ProductSkeleton />;
}

function ProductPage({ product }: { product: ProductDetail }) {
  const { product: text } = useMessages();
  useEffect(() => {
    const image = product.images[0];
    if (image) rememberViewed({ slug: product.slug, name: product.name, image });
  }, [product]);
  return (
    <>
      <ProductView product={product} breadcrumbs={<ProductTrail product={product} />} />
      <div className="mt-20 flex flex-col gap-20">
        <Reviews product={product} />
        <ProductRow id="related" title={text.related} products={product.related} />
        <RecentlyViewedRow exceptSlug={product.slug} />
      </div>
    </>
  );
}

function ProductTrail({ product }: { product: ProductDetail }) {
  const { shell } = useMessages();
  const categories = useCategories();
  // The deepest category says most about where the product belongs.
  const trail = product.categories
    .map((slug) => trailTo(categories, slug))
    .reduce((longest, one) => (one.length > longest.length ? one : longest), []);
  return (
    <Breadcrumbs label={shell.breadcrumbs}>
      <Link to={paths.home()}>{shell.home}</Link>
      {trail.map((category) => (
        <Link key={category.slug} to={paths.category(category.slug)}>
          {category.name}
        </Link>
      ))}
    </Breadcrumbs>
  );
}
