import { Link } from "react-router";
import type { Cart } from "@xpressbuy/client/types";
import { buttonLook } from "@xpressbuy/ui/button";
import { Notice } from "@xpressbuy/ui/notice";
import { useShopperMessages } from "@xpressbuy/ui/shopper-messages";
import { paths } from "@/config/paths";
import { useCart } from "@/lib/cart";
import { itemCount } from "@/lib/cart-lines";
import { CartLines } from "./cart-lines";
import { CartNotThere, EmptyCart } from "./cart-state";
import { CartSums } from "./cart-sums";
import { lineState } from "./line-problem";

export function CartPage() {
  const { cart: words } = useShopperMessages();
  const query = useCart();
  const cart = query.data;
  if (cart?.lines.length === 0) {
    return (
      <div className="page min-h-[60vh]">
        <EmptyCart asPage />
      </div>
    );
  }
  return (
    <div className="page min-h-[60vh] py-8 sm:py-12">
      <h1 className="display flex flex-wrap items-baseline gap-x-4 text-3xl sm:text-4xl">
        {words.title}
        {cart && (
          <span className="tabular font-text text-base font-normal tracking-normal text-muted">
            {words.itemCount(itemCount(cart))}
          </span>
        )}
      </h1>
      <div className="mt-6 sm:mt-10 lg:grid lg:grid-cols-[minmax(0,1fr)_22rem] lg:items-start lg:gap-16">
        {cart ? (
          <CartLines lines={cart.lines} size="lg" />
        ) : (
          <CartNotThere query={query} />
        )}
        {cart && <CartSummary cart={cart} />}
      </div>
    </div>
  );
}

function CartSummary({ cart }: { cart: Cart }) {
  const { cart: words } = useShopperMessages();
  const blocked = cart.lines.some((line) => lineState(line, words).blocks);
  return (
    <section aria-label={words.summary} className="mt-8 rounded-lg bg-surface p-5 sm:p-6 lg:sticky lg:top-24 lg:mt-0">
      <CartSums cart={cart} />
      {blocked ? (
        <Notice tone="warn" className="mt-6">
          {words.blocked}
        </Notice>
      ) : (
        <Link to={paths.checkout()} className={buttonLook("primary", "lg", "mt-6 w-full")}>
          {words.checkout}
        </Link>
      )}
      <p className="mt-4 text-sm text-muted">{words.returns}</p>
    </section>
  );
}
