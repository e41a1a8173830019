import type { QueryClient } from "@tanstack/react-query";
import { useShopperMessages } from "@xpressbuy/ui/shopper-messages";
import { CartPage } from "@/features/cart/components/cart-page";
import { cartQuery } from "@/lib/cart";
import { fetchAhead } from "@/lib/fetch-ahead";
import { usePageTitle } from "@/lib/page-title";

export function prefetch(client: QueryClient): void {
  fetchAhead(client, cartQuery);
}

export function Component() {
  const { cart } = useShopperMessages();
  usePageTitle(cart.title);
  return <CartPage />;
}
