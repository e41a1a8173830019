import { useQuery } from "@tanstack/react-query";
import type { ShippingMethod } from "@xpressbuy/client/shopper-types";
import type { Cart, Money } from "@xpressbuy/client/types";
import { likelyCountry } from "@/lib/delivery-country";
import { quoteQuery } from "@/lib/quote";

export interface ShippingEstimate {
  price: Money;
  /** Where to and when, once the shop has been asked about that country. */
  country: string | null;
  method: ShippingMethod | null;
}

/** What the cheapest delivery costs, so that the full cost is known before checkout; null if nobody can say. */
export function useShippingEstimate(cart: Cart): ShippingEstimate | null {
  const country = likelyCountry();
  const worthAsking = country !== "" && cart.lines.some((line) => !line.problem);
  const { data } = useQuery({
    ...quoteQuery({ shipping_address: { country } }, cart.version),
    enabled: worthAsking,
    // An estimate that fails is left out; checkout asks again and says so.
    retry: false,
  });
  const method = worthAsking ? cheapest(data?.shipping_methods ?? []) : null;
  if (method) return { price: method.price, country, method };
  // Until then the server's own estimate holds the place; for most it is the same.
  return cart.shipping_estimate ? { price: cart.shipping_estimate, country: null, method: null } : null;
}

function cheapest(methods: readonly ShippingMethod[]): ShippingMethod | null {
  return methods.reduce<ShippingMethod | null>(
    (best, method) => (best && best.price.amount <= method.price.amount ? best : method),
    null,
  );
}
