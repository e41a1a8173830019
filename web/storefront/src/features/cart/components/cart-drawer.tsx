import { useIsMutating } from "@tanstack/react-query";
import { Link } from "react-router";
import type { Cart } from "@xpressbuy/client/types";
import { buttonLook } from "@xpressbuy/ui/button";
import { Drawer } from "@xpressbuy/ui/dialog";
import { useShopperMessages } from "@xpressbuy/ui/shopper-messages";
import { paths } from "@/config/paths";
import { useCart } from "@/lib/cart";
import { closeCartDrawer, useCartDrawerOpen } from "@/lib/cart-drawer";
import { CartLines } from "./cart-lines";
import { CartNotThere, EmptyCart } from "./cart-state";
import { CartSums } from "./cart-sums";
import { lineState } from "./line-problem";

export function CartDrawer() {
  const { cart: words } = useShopperMessages();
  const open = useCartDrawerOpen();
  const query = useCart();
  // The drawer opens while the first line is still on its way; that is no empty cart.
  const changing = useIsMutating({ mutationKey: ["cart-line"] }) > 0;
  const cart = query.data;
  const filled = cart && cart.lines.length > 0;
  return (
    <Drawer
      open={open}
      onOpenChange={(next) => !next && closeCartDrawer()}
      title={words.title}
      footer={filled ? <DrawerFooter cart={cart} /> : undefined}
    >
      {filled ? (
        <CartLines lines={cart.lines} size="md" onLeave={closeCartDrawer} />
      ) : cart && !changing ? (
        <EmptyCart onLeave={closeCartDrawer} />
      ) : (
        <CartNotThere query={query} />
      )}
    </Drawer>
  );
}

function DrawerFooter({ cart }: { cart: Cart }) {
  const { cart: words } = useShopperMessages();
  const blocked = cart.lines.some((line) => lineState(line, words).blocks);
  return (
    <div className="space-y-4">
      <CartSums cart={cart} />
      {blocked && <p className="text-sm text-bad">{words.blocked}</p>}
      <div className="grid grid-cols-2 gap-3">
        <Link to={paths.cart()} onClick={closeCartDrawer} className={buttonLook("secondary", "lg")}>
          {words.viewCart}
        </Link>
        <Link
          to={blocked ? paths.cart() : paths.checkout()}
          onClick={closeCartDrawer}
          className={buttonLook("primary", "lg")}
        >
          {words.checkoutShort}
        </Link>
      </div>
    </div>
  );
}
