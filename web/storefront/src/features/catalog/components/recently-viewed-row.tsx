import { Link } from "react-router";
import { useMessages } from "@xpressbuy/ui/locale";
import { Picture } from "@xpressbuy/ui/picture";
import { paths } from "@/config/paths";
import { useRecentlyViewed, type ViewedProduct } from "@/lib/recently-viewed";
import { useProductPrefetch } from "@/lib/product-prefetch";

interface RecentlyViewedRowProps {
  /** The product whose page this is; it needs no reminder. */
  exceptSlug?: string;
}

/** Smaller than the other rows: a way back, not an offer. */
export function RecentlyViewedRow({ exceptSlug }: RecentlyViewedRowProps) {
  const { home } = useMessages();
  const viewed = useRecentlyViewed(exceptSlug);
  if (viewed.length === 0) return null;
  return (
    <section aria-labelledby="recently-viewed" className="page">
      <h2 id="recently-viewed" className="display mb-5 text-xl">
        {home.recentlyViewed}
      </h2>
      <ul className="-m-1.5 flex gap-3 overflow-x-auto p-1.5 [scrollbar-width:none] md:gap-4">
        {viewed.map((product) => (
          <li key={product.slug} className="w-24 shrink-0 md:w-32">
            <ViewedLink product={product} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function ViewedLink({ product }: { product: ViewedProduct }) {
  const prefetch = useProductPrefetch<HTMLAnchorElement>(product.slug);
  return (
    <Link
      {...prefetch}
      to={paths.product(product.slug)}
      viewTransition
      className="block rounded-lg hover:underline hover:underline-offset-4"
    >
      <Picture image={product.image} sizes="128px" decorative className="aspect-4/5 rounded-md" />
      <span className="mt-2 line-clamp-2 text-xs">{product.name}</span>
    </Link>
  );
}
