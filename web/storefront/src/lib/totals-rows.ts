import type { Money, Totals } from "@xpressbuy/client/types";
import type { ShopperMessages } from "@xpressbuy/kit/messages/shopper-messages";

export interface TotalsRow {
  readonly key: "subtotal" | "discount" | "shipping" | "tax";
  readonly name: string;
  readonly amount: string;
  readonly quiet?: boolean;
}

interface TotalsWords {
  words: ShopperMessages["cart"];
  money: (amount: Money) => string;
  /** What stands before the delivery's price, such as "Delivery to India". */
  shippingName?: string | undefined;
}

/** What adds up to the total, as rows of words. A discount or tax of nothing is left out; delivery is always answered. */
export function totalsRows(totals: Totals, { words, money, shippingName = words.shipping }: TotalsWords): TotalsRow[] {
  const rows: TotalsRow[] = [{ key: "subtotal", name: words.subtotal, amount: money(totals.subtotal) }];
  if (totals.discount.amount > 0) {
    rows.push({ key: "discount", name: words.discount, amount: `−${money(totals.discount)}` });
  }
  rows.push(
    totals.shipping
      ? { key: "shipping", name: shippingName, amount: totals.shipping.amount > 0 ? money(totals.shipping) : words.free }
      : { key: "shipping", name: shippingName, amount: words.shippingLater, quiet: true },
  );
  if (totals.tax && totals.tax.amount > 0) rows.push({ key: "tax", name: words.tax, amount: money(totals.tax) });
  return rows;
}

/** The totals as they will be with a delivery of this price, where the server has not counted one in yet. */
export function totalsWithShipping(totals: Totals, price: Money | undefined): Totals {
  if (totals.shipping || price?.currency !== totals.total.currency) return totals;
  return { ...totals, shipping: price, total: { ...totals.total, amount: totals.total.amount + price.amount } };
}
