import { useMutation, useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";
import type { ApiProblem } from "@xpressbuy/client/api-problem";
import type { Cart } from "@xpressbuy/client/types";
import { personalFreshMs } from "@/config/limits";
import { cartWithQuantity, itemCount } from "./cart-lines";
import { getQuery } from "./get-query";
import { sessionQuery } from "./session";

export const cartQuery = getQuery("/api/cart", {}, personalFreshMs);

export function useCart() {
  return useQuery(cartQuery);
}

/** Takes the cart as an answer gave it; every call that returns the cart ends here. */
export function keepCart(client: QueryClient, cart: Cart): void {
  client.setQueryData(cartQuery.queryKey, cart);
  client.setQueryData(sessionQuery.queryKey, (session) => session && { ...session, cart_count: itemCount(cart) });
}

/** The number beside the cart in the header: from the cart if it has been fetched, else from the session. */
export function useCartCount(): number | undefined {
  const session = useQuery(sessionQuery).data;
  const cart = useQuery({ ...cartQuery, enabled: false }).data;
  return cart ? itemCount(cart) : session?.cart_count;
}

interface LineChange {
  sku: string;
  /** Absolute, as the API has it: sending it twice changes nothing. Zero removes the line. */
  quantity: number;
}

async function putLine({ sku, quantity }: LineChange): Promise<Cart> {
  const { answerOf, changes } = await import("@xpressbuy/client/changes");
  return answerOf(changes.PUT("/api/cart/lines/{sku}", { params: { path: { sku } }, body: { quantity } }));
}

/**
 * Sets the quantity of a line: shown at once, taken back if the server refuses. Changes go out one after the other, so the
 * last one pressed is the one that stays. Failures are the caller's to show.
 */
export function useSetCartLine() {
  const client = useQueryClient();
  return useMutation<Cart, ApiProblem, LineChange, { before: Cart | undefined }>({
    mutationKey: ["cart-line"],
    scope: { id: "cart" },
    mutationFn: putLine,
    onMutate: async ({ sku, quantity }) => {
      await client.cancelQueries({ queryKey: cartQuery.queryKey });
      const before = client.getQueryData(cartQuery.queryKey);
      if (before) keepCart(client, cartWithQuantity(before, sku, quantity));
      return { before };
    },
    onSuccess: (cart) => {
      // While more changes wait, their optimistic state is newer than this answer.
      if (client.isMutating({ mutationKey: ["cart-line"] }) <= 1) keepCart(client, cart);
    },
    onError: (_, __, outcome) => {
      if (outcome?.before) keepCart(client, outcome.before);
      void client.invalidateQueries({ queryKey: cartQuery.queryKey });
    },
  });
}
