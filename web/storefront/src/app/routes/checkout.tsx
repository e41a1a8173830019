import { useSearchParams } from "react-router";
import type { QueryClient } from "@tanstack/react-query";
import type { WantedLine } from "@xpressbuy/client/shopper-types";
import { useShopperMessages } from "@xpressbuy/ui/shopper-messages";
import { quantityMax } from "@/config/limits";
import { CheckoutPage } from "@/features/checkout/components/checkout-page";
import { cartQuery } from "@/lib/cart";
import { fetchAhead } from "@/lib/fetch-ahead";
import { usePageTitle } from "@/lib/page-title";

export function prefetch(client: QueryClient, url: URL): void {
  if (!url.searchParams.has("sku")) fetchAhead(client, cartQuery);
}

function lineIn(parameters: URLSearchParams): WantedLine | null {
  const sku = parameters.get("sku");
  if (!sku) return null;
  const quantity = Math.trunc(Number(parameters.get("quantity") ?? 1));
  return { sku, quantity: quantity >= 1 ? Math.min(quantity, quantityMax) : 1 };
}

export function Component() {
  const { checkout } = useShopperMessages();
  const [parameters] = useSearchParams();
  usePageTitle(checkout.title);
  return (
    <div className="page min-h-[80vh] py-8 sm:py-12">
      <h1 className="display mb-6 text-3xl sm:mb-10 sm:text-4xl">{checkout.title}</h1>
      <CheckoutPage buyNow={lineIn(parameters)} />
    </div>
  );
}
