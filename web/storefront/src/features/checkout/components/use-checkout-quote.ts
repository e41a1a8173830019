import { useEffect } from "react";
import { useQuery } from "@tanstack/react-query";
import { useWatch, type UseFormReturn } from "react-hook-form";
import type { SavedAddress, WantedLine } from "@xpressbuy/client/shopper-types";
import type { Cart } from "@xpressbuy/client/types";
import { quoteQuery } from "@/lib/quote";
import type { CheckoutForm } from "./checkout-form";

interface QuoteSource {
  saved: readonly SavedAddress[];
  cart: Cart | null;
  buyNow: WantedLine | null;
  /** The order is being placed: what was agreed stands, and afterwards there is nothing left to quote. */
  placing: boolean;
}

/** What the order comes to and how it can be sent, asked for again whenever the country or the choice of delivery changes. */
export function useCheckoutQuote(form: UseFormReturn<CheckoutForm>, { saved, cart, buyNow, placing }: QuoteSource) {
  const [typedCountry, addressId, wanted] = useWatch({
    control: form.control,
    name: ["shipping.country", "addressId", "method"],
  });
  const address = saved.find((one) => one.id === addressId);
  const country = address?.country ?? typedCountry;
  const request = {
    shipping_address: { country },
    ...(wanted ? { shipping_method: wanted } : {}),
    ...(buyNow ? { lines: [buyNow] } : {}),
  };
  const quote = useQuery({ ...quoteQuery(request, cart?.version ?? null), enabled: country !== "" && !placing });

  // Another country may not have the delivery that was chosen; its own first one is then the choice.
  const methodIsGone = quote.error?.code === "shipping_method_unavailable";
  useEffect(() => {
    if (methodIsGone) form.setValue("method", "");
  }, [methodIsGone, form]);

  // The choice shows at once; what it comes to follows with the answer.
  const offered = quote.data?.shipping_methods.some((method) => method.id === wanted) ?? false;
  const chosen = offered ? wanted : (quote.data?.shipping_method ?? null);
  return { quote, country, address, chosen };
}
