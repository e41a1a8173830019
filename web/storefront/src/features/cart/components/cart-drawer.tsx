import { Link } from "react-router";
import { buttonLook } from "@xpressbuy/ui/button";
import { Drawer } from "@xpressbuy/ui/dialog";
import { useMessages } from "@xpressbuy/ui/locale";
import { paths } from "@/config/paths";
import { closeCartDrawer, useCartDrawerOpen } from "@/lib/cart-drawer";
import { useCart } from "@/lib/cart";

export function CartDrawer() {
  const { cart: text } = useMessages();
  const open = useCartDrawerOpen();
  const cart = useCart();
  return (
    <Drawer
      open={open}
      onOpenChange={(next) => !next && closeCartDrawer()}
      title={text.title}
      footer={
        <Link to={paths.cart()} onClick={closeCartDrawer} className={buttonLook("primary", "lg", "w-full")}>
          {text.title}
        </Link>
      }
    >
      <ul>
        {cart.data?.lines.map((line) => (
          <li key={line.sku}>{`${line.name} × ${line.quantity}`}</li>
        ))}
      </ul>
    </Drawer>
  );
}
