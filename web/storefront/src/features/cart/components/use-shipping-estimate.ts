import { useQuery } from "@tanstack/react-query";
import type { ShippingMethod } from "@xpressbuy/client/shopper-types";
import type { Cart } from "@xpressbuy/client/types";
import { likelyCountry } from "@/lib/delivery-country";
import { quoteQuery } from "@/lib/quote";

export interface ShippingEstimate {
  country: string;
  method: ShippingMethod;
}

/** What the cheapest delivery to the likely country costs, so that the full cost is known before checkout; null if unknown. */
export function useShippingEstimate(cart: Cart | undefined): ShippingEstimate | null {
  const country = likelyCountry();
  const worthAsking = country !== "" && (cart?.lines.some((line) => !line.problem) ?? false);
  const { data } = useQuery({
    ...quoteQuery({ shipping_address: { country } }, cart?.version ?? null),
    enabled: worthAsking,
    // An estimate that fails is left out; checkout asks again and says so.
    retry: false,
  });
  const cheapest = data?.shipping_methods.reduce<ShippingMethod | null>(
    (best, method) => (best && best.price.amount <= method.price.amount ? best : method),
    null,
  );
  return worthAsking && cheapest ? { country, method: cheapest } : null;
}
