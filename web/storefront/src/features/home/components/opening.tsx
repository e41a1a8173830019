import { Link } from "react-router";
import type { Home, ProductCard } from "@xpressbuy/client/types";
import { buttonLook } from "@xpressbuy/ui/button";
import { cx } from "@xpressbuy/ui/class-names";
import { Icon } from "@xpressbuy/ui/icon";
import { useMessages } from "@xpressbuy/ui/locale";
import { Picture } from "@xpressbuy/ui/picture";
import { Price } from "@xpressbuy/ui/price";
import { paths } from "@/config/paths";
import { useProductPrefetch } from "@/lib/product-prefetch";
import { OpeningStroke } from "./opening-stroke";

/** Where each of the three stands: they climb with the stroke behind them. */
const steps = ["lg:mt-40", "lg:mt-20", "lg:mt-0"];

/** The season's edit: one thought and three products, and nothing that slides. */
export function Opening({ edit }: { edit: Home["edit"] }) {
  const { home } = useMessages();
  return (
    <section aria-labelledby="edit" className="relative isolate overflow-clip pt-10 pb-16 lg:pt-14 lg:pb-20">
      <OpeningStroke />
      <div className="page grid gap-x-8 gap-y-10 lg:grid-cols-[5fr_7fr]">
        <div className="flex flex-col items-start lg:py-6">
          <h1
            id="edit"
            className="display text-[clamp(2.75rem,1.4rem+5.2vw,5.25rem)] leading-[0.95] tracking-[-0.04em]"
          >
            {edit.title}
          </h1>
          <p className="mt-6 max-w-[42ch] text-base lg:text-lg">{edit.text}</p>
          <Link to={paths.everything({ sort: "newest" })} className={buttonLook("primary", "lg", "mt-8")}>
            {home.seeNewest}
            <Icon name="arrow-right" />
          </Link>
        </div>
        <ul className="grid grid-cols-[1fr_1fr] gap-4 sm:grid-cols-3 lg:gap-5">
          {edit.products.slice(0, 3).map((product, index) => (
            <li key={product.id} className={cx(steps[index], index === 0 && "max-sm:col-span-2")}>
              <EditProduct product={product} wide={index === 0} />
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}

interface EditProductProps {
  product: ProductCard;
  /** The first one takes the whole width of a phone. */
  wide: boolean;
}

function EditProduct({ product, wide }: EditProductProps) {
  const prefetch = useProductPrefetch<HTMLAnchorElement>(product.slug);
  return (
    <Link {...prefetch} to={paths.product(product.slug)} viewTransition className="group block rounded-lg">
      <Picture
        image={product.image}
        sizes={wide ? "(min-width: 80rem) 232px, (min-width: 40rem) 30vw, 92vw" : "(min-width: 80rem) 232px, (min-width: 40rem) 30vw, 46vw"}
        eager
        decorative
        className={cx("rounded-lg", wide ? "aspect-square sm:aspect-4/5" : "aspect-4/5")}
      />
      <span className="mt-3 flex flex-wrap items-baseline justify-between gap-x-3 text-sm">
        <span className="font-strong group-hover:underline group-hover:underline-offset-4">{product.name}</span>
        <Price price={product.price} before={product.compare_at_price} from={product.price_varies} />
      </span>
    </Link>
  );
}
