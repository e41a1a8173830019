import type { OrderRequest, SavedAddress, WantedLine } from "@xpressbuy/client/shopper-types";
import type { Money } from "@xpressbuy/client/types";
import { addressOf } from "@/lib/addresses";
import type { CheckoutForm } from "./checkout-form";

/** What is bought: the cart as of a version, or lines past the cart. */
export type Purchase = { readonly cartVersion: number } | { readonly lines: WantedLine[] };

interface Agreed {
  purchase: Purchase;
  method: string;
  total: Money;
  /** The saved address that was chosen, if one was. */
  saved: SavedAddress | undefined;
}

/** The order as it is sent. Built anew from the same form it is the same text, which is what its key stands for. */
export function orderRequest(form: CheckoutForm, { purchase, method, total, saved }: Agreed): OrderRequest {
  const phone = form.phone.trim();
  const withPhone = phone ? { phone } : {};
  const shipping = addressOf({ ...form.shipping, phone });
  return {
    contact: { email: form.email.trim(), name: saved ? saved.name : shipping.name, ...withPhone },
    ...(saved ? { address_id: saved.id } : { shipping_address: shipping }),
    ...(form.billingSame ? {} : { billing_address: addressOf({ ...form.billing, phone: "" }) }),
    shipping_method: method,
    payment: { method: form.payment },
    ...("lines" in purchase ? { lines: purchase.lines } : { cart_version: purchase.cartVersion }),
    expected_total: { amount: total.amount, currency: total.currency },
  };
}
