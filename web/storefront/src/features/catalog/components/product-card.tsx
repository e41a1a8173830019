import { useState } from "react";
import { Link, useViewTransitionState } from "react-router";
import type { ProductCard as Card } from "@xpressbuy/client/types";
import { percentOff } from "@xpressbuy/kit/money";
import { Badge } from "@xpressbuy/ui/badge";
import { cx } from "@xpressbuy/ui/class-names";
import { useMessages } from "@xpressbuy/ui/locale";
import { Picture } from "@xpressbuy/ui/picture";
import { Price } from "@xpressbuy/ui/price";
import { Rating } from "@xpressbuy/ui/rating";
import { paths } from "@/config/paths";
import { useProductPrefetch } from "@/lib/product-prefetch";
import { Swatches } from "./swatches";

interface ProductCardProps {
  product: Card;
  sizes: string;
  eager?: boolean;
  /** The level of the headline the card stands under, plus one. */
  level?: 2 | 3;
}

/** One target: the name is the link and covers the card, everything else is read with it. */
export function ProductCard({ product, sizes, eager = false, level = 3 }: ProductCardProps) {
  const to = paths.product(product.slug);
  const prefetch = useProductPrefetch<HTMLElement>(product.slug);
  const [followed, setFollowed] = useState(false);
  const moving = useViewTransitionState(to) && followed;
  const Heading = level === 2 ? "h2" : "h3";
  return (
    <article
      {...prefetch}
      className="group relative rounded-lg has-[a:focus-visible]:outline-2 has-[a:focus-visible]:outline-offset-4 has-[a:focus-visible]:outline-ink"
    >
      <CardPicture product={product} sizes={sizes} eager={eager} moving={moving} />
      <div className="mt-3 flex flex-wrap items-baseline justify-between gap-x-4 gap-y-0.5">
        <Heading className="min-w-0 flex-[1_1_8rem] text-sm leading-snug font-strong">
          <Link
            to={to}
            viewTransition
            onClick={() => setFollowed(true)}
            className="outline-none after:absolute after:inset-0 after:rounded-lg group-hover:underline group-hover:underline-offset-4"
          >
            <span className="line-clamp-2">{product.name}</span>
          </Link>
        </Heading>
        <Price
          price={product.price}
          before={product.compare_at_price}
          from={product.price_varies}
          className={cx("text-sm", !product.in_stock && "text-muted")}
        />
      </div>
      <div className="mt-1 flex flex-wrap items-center justify-between gap-x-4 gap-y-1 text-xs text-muted">
        <span>{product.brand}</span>
        <Rating average={product.rating.average} count={product.rating.count} />
        <span className="basis-full empty:hidden">
          <Swatches swatches={product.swatches} />
        </span>
      </div>
    </article>
  );
}

interface CardPictureProps {
  product: Card;
  sizes: string;
  eager: boolean;
  moving: boolean;
}

function CardPicture({ product, sizes, eager, moving }: CardPictureProps) {
  return (
    <div className="relative overflow-clip rounded-lg">
      <Picture
        image={product.image}
        sizes={sizes}
        eager={eager}
        decorative
        transitionName={moving ? `picture-${product.slug}` : undefined}
        className={cx("aspect-4/5", !product.in_stock && "opacity-55")}
      />
      {product.hover_image && product.in_stock && (
        <Picture
          image={product.hover_image}
          sizes={sizes}
          decorative
          className={
            "absolute inset-0 opacity-0 transition-opacity duration-200 ease-out group-hover:opacity-100 " +
            "group-focus-within:opacity-100 pointer-coarse:hidden"
          }
        />
      )}
      <div className="absolute top-3 left-3 flex gap-1">
        <CardBadge product={product} />
      </div>
    </div>
  );
}

function CardBadge({ product }: { product: Card }) {
  const { list } = useMessages();
  if (!product.in_stock) return <Badge tone="ink">{list.soldOut}</Badge>;
  const off = product.compare_at_price ? percentOff(product.price, product.compare_at_price) : 0;
  return off > 0 ? <Badge tone="plain">{list.percentOff(off)}</Badge> : null;
}
