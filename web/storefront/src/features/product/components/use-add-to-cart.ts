import { useQueryClient } from "@tanstack/react-query";
import { useMessages } from "@xpressbuy/ui/locale";
import { cartQuery, useSetCartLine } from "@/lib/cart";
import { openCartDrawer } from "@/lib/cart-drawer";
import { quantityOf } from "@/lib/cart-lines";
import { problemText } from "@/lib/problem-text";
import { showToast } from "@/lib/toasts";

/** Puts more of a variant into the cart and shows the cart; a refusal is said in a toast and the cart stays as it was. */
export function useAddToCart() {
  const client = useQueryClient();
  const messages = useMessages();
  const setLine = useSetCartLine();

  const add = async (sku: string, count: number) => {
    try {
      // The API sets quantities, so what is there already has to be known before more is added to it.
      const cart = await client.query({ ...cartQuery, staleTime: "static" });
      await setLine.mutateAsync({ sku, quantity: quantityOf(cart, sku) + count });
      openCartDrawer();
    } catch (error) {
      showToast(problemText(error, messages), { tone: "bad" });
    }
  };

  return { add, adding: setLine.isPending };
}
