import type { ReactNode } from "react";
import type { ProductDetail } from "@xpressbuy/client/types";
import { Rating } from "@xpressbuy/ui/rating";
import { picturesOf } from "../model/option-choice";
import { BuyBox } from "./buy-box";
import { Gallery } from "./gallery";
import { ProductFacts } from "./product-facts";
import { useOptionChoice } from "./use-option-choice";

interface ProductViewProps {
  product: ProductDetail;
  breadcrumbs: ReactNode;
}

/** Choosing an option changes picture, price and stock together, because all three are computed from one choice. */
export function ProductView({ product, breadcrumbs }: ProductViewProps) {
  const options = useOptionChoice(product);
  const pictures = picturesOf(product, options.choice);
  return (
    <div className="page grid gap-x-16 gap-y-8 pt-4 lg:grid-cols-[7fr_5fr] lg:grid-rows-[auto_auto_1fr] lg:pt-6">
      <div className="lg:col-span-2">{breadcrumbs}</div>
      <div className="min-w-0">
        <Gallery key={pictures[0]?.src} images={pictures} transitionName={`picture-${product.slug}`} />
      </div>
      <div className="min-w-0 self-start lg:sticky lg:top-22 lg:row-span-2">
        <p className="text-sm text-muted">{product.brand}</p>
        <h1 className="display mt-1 text-3xl lg:text-4xl">{product.name}</h1>
        {product.rating.count > 0 && (
          <a href="#reviews" className="mt-2 inline-flex min-h-11 items-center rounded-sm hover:underline">
            <Rating average={product.rating.average} count={product.rating.count} className="text-sm" />
          </a>
        )}
        <div className="mt-4">
          <BuyBox product={product} options={options} />
        </div>
      </div>
      <div className="min-w-0 lg:ps-22">
        <ProductFacts product={product} />
      </div>
    </div>
  );
}
