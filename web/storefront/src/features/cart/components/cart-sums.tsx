import type { Cart } from "@xpressbuy/client/types";
import { countryName } from "@xpressbuy/kit/countries";
import { formatDateRange } from "@xpressbuy/kit/dates";
import { useLocaleTag, useMessages, useMoneyText } from "@xpressbuy/ui/locale";
import { Sums } from "@xpressbuy/ui/sums";
import { totalsRows, totalsWithShipping } from "@/lib/totals-rows";
import { useShippingEstimate } from "./use-shipping-estimate";

/** What the cart comes to, with the cheapest delivery to where the shopper most likely is. */
export function CartSums({ cart }: { cart: Cart }) {
  const { cart: words } = useMessages();
  const tag = useLocaleTag();
  const money = useMoneyText();
  const estimate = useShippingEstimate(cart);
  const totals = totalsWithShipping(cart.totals, estimate?.method.price);
  const shippingName = estimate ? words.shippingTo(countryName(estimate.country, tag)) : undefined;
  return (
    <div>
      <Sums
        rows={totalsRows(totals, { words, money, shippingName })}
        totalName={estimate && !cart.totals.shipping ? words.estimatedTotal : words.total}
        total={money(totals.total)}
      />
      {estimate && (
        <p className="tabular mt-2 text-sm text-muted">
          {words.arrives(formatDateRange(estimate.method.delivery_from, estimate.method.delivery_to, tag))}
        </p>
      )}
    </div>
  );
}
