import type { Cart } from "@xpressbuy/client/types";
import { countryName } from "@xpressbuy/kit/countries";
import { formatDayRange } from "@xpressbuy/kit/dates";
import { useLocaleTag, useMoneyText } from "@xpressbuy/ui/locale";
import { useShopperMessages } from "@xpressbuy/ui/shopper-messages";
import { Sums } from "@xpressbuy/ui/sums";
import { totalsRows, totalsWithShipping } from "@/lib/totals-rows";
import { useShippingEstimate } from "./use-shipping-estimate";

/** What the cart comes to, with the cheapest delivery to where the shopper most likely is. */
export function CartSums({ cart }: { cart: Cart }) {
  const { cart: words } = useShopperMessages();
  const tag = useLocaleTag();
  const money = useMoneyText();
  const estimate = useShippingEstimate(cart);
  const totals = totalsWithShipping(cart.totals, estimate?.price);
  const shippingName = estimate?.country ? words.shippingTo(countryName(estimate.country, tag)) : undefined;
  return (
    <div>
      <Sums
        rows={totalsRows(totals, { words, money, shippingName })}
        totalName={estimate && !cart.totals.shipping ? words.estimatedTotal : words.total}
        total={money(totals.total)}
      />
      {estimate && (
        // The line keeps its height before the days are known, so that nothing below it jumps.
        <p className="tabular mt-2 min-h-5 text-sm text-muted">
          {estimate.method &&
            words.arrives(formatDayRange(estimate.method.delivery_from, estimate.method.delivery_to, tag))}
        </p>
      )}
    </div>
  );
}
