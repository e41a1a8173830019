import type { ProductCard as Card } from "@xpressbuy/client/types";
import { ProductCard } from "./product-card";
import { ScrollRow } from "./scroll-row";

const rowSizes = "(min-width: 80rem) 302px, (min-width: 64rem) 23vw, (min-width: 40rem) 30vw, 40vw";

interface ProductRowProps {
  id: string;
  title: string;
  note?: string;
  to?: string;
  products: readonly Card[];
}

export function ProductRow({ products, ...row }: ProductRowProps) {
  if (products.length === 0) return null;
  return (
    <ScrollRow {...row}>
      {products.map((product) => (
        <li key={product.id}>
          <ProductCard product={product} sizes={rowSizes} />
        </li>
      ))}
    </ScrollRow>
  );
}
