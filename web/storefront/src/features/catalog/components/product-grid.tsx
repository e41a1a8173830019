import type { ProductCard as Card } from "@xpressbuy/client/types";
import { Skeleton } from "@xpressbuy/ui/skeleton";
import { ProductCard } from "./product-card";

const gridLook = "grid grid-cols-2 gap-x-4 gap-y-10 md:grid-cols-3 lg:grid-cols-4 lg:gap-x-6 lg:gap-y-12";
export const gridSizes = "(min-width: 80rem) 302px, (min-width: 64rem) 23vw, (min-width: 48rem) 30vw, 46vw";

/** As many as stand above the fold on a phone; more would compete with each other. */
const eagerCards = 4;

interface ProductGridProps {
  products: readonly Card[];
  level?: 2 | 3;
}

export function ProductGrid({ products, level = 3 }: ProductGridProps) {
  return (
    <ul className={gridLook}>
      {products.map((product, index) => (
        <li key={product.id}>
          <ProductCard product={product} sizes={gridSizes} eager={index < eagerCards} level={level} />
        </li>
      ))}
    </ul>
  );
}

export function ProductGridSkeleton({ count = 8 }: { count?: number }) {
  return (
    <div aria-hidden className={gridLook}>
      {Array.from({ length: count }, (_, index) => (
        <div key={index}>
          <Skeleton className="aspect-4/5 rounded-lg" />
          <Skeleton className="mt-3 h-5 w-4/5" />
          <Skeleton className="mt-1 h-4 w-2/5" />
        </div>
      ))}
    </div>
  );
}
