import { useEffect, useState } from "react";
import { useForm, type UseFormReturn } from "react-hook-form";
import { useNavigate } from "react-router";
import type { SavedAddress, WantedLine } from "@xpressbuy/client/shopper-types";
import type { Cart, Session, Totals } from "@xpressbuy/client/types";
import { Button } from "@xpressbuy/ui/button";
import { useMoneyText } from "@xpressbuy/ui/locale";
import { useShopperMessages } from "@xpressbuy/ui/shopper-messages";
import { paths } from "@/config/paths";
import { addressOf, useSaveAddress } from "@/lib/addresses";
import { useSetCartLine } from "@/lib/cart";
import { keepCountry } from "@/lib/delivery-country";
import { resolverOf } from "@/lib/form-resolver";
import { problemText } from "@/lib/problem-text";
import { showToast } from "@/lib/toasts";
import { AddressSection } from "./address-section";
import { checkoutMistakes, fieldAt, type CheckoutForm } from "./checkout-form";
import { ContactSection } from "./contact-section";
import { DeliverySection } from "./delivery-section";
import { orderRequest, type Purchase } from "./order-request";
import { OrderSummary, SummarySums } from "./order-summary";
import { OrderTroubleNotice } from "./order-trouble-notice";
import { troubleInLines, type OrderTrouble } from "./order-trouble";
import { PaymentSection } from "./payment-section";
import { startingForm, useKeptDraft } from "./use-checkout-draft";
import { useCheckoutQuote } from "./use-checkout-quote";
import { usePlaceOrder } from "./use-place-order";

interface CheckoutFormViewProps {
  session: Session;
  saved: readonly SavedAddress[];
  /** What is bought, unless it is one line past the cart. */
  cart: Cart | null;
  buyNow: WantedLine | null;
}

export function CheckoutFormView({ session, saved, cart, buyNow }: CheckoutFormViewProps) {
  const [defaultValues] = useState(() => startingForm(session, saved));
  const form = useForm<CheckoutForm>({ defaultValues, resolver: resolverOf(checkoutMistakes), mode: "onTouched" });
  useKeptDraft(form);
  const { place, placing, trouble, clearTrouble } = usePlaceOrder();
  const { quote, country, address, chosen } = useCheckoutQuote(form, { saved, cart, buyNow, placing });
  const { mutate: saveAddress } = useSaveAddress();
  const setQuantity = useQuantityChange(buyNow, clearTrouble);
  useMarkedFields(form, trouble);

  const lines = quote.data?.lines ?? cart?.lines ?? [];
  const totals = quote.data?.totals ?? cart?.totals;
  const method = quote.data?.shipping_method ?? null;
  const purchase: Purchase = buyNow ? { lines: [buyNow] } : { cartVersion: cart?.version ?? 0 };

  const submit = form.handleSubmit(async (typed) => {
    // Without a method there is no price to agree to; the delivery section says why.
    if (!totals || method === null || quote.isPlaceholderData) return;
    const request = orderRequest(typed, { purchase, method, total: totals.total, saved: address });
    await place(request, { lines, total: totals.total }, () => {
      keepCountry(country);
      // The order stands whether or not the address book takes it.
      if (session.signed_in && !address && typed.saveAddress) saveAddress({ address: addressOf(typed.shipping) });
    });
  });

  return (
    <div className="lg:grid lg:grid-cols-[minmax(0,36rem)_minmax(0,24rem)] lg:items-start lg:justify-between lg:gap-16">
      {totals && (
        <OrderSummary lines={lines} totals={totals} stale={quote.isPlaceholderData} editable={buyNow === null} />
      )}
      <form noValidate onSubmit={(event) => void submit(event)} className="space-y-10">
        <ContactSection form={form} session={session} />
        <AddressSection form={form} saved={saved} signedIn={session.signed_in} />
        <DeliverySection
          country={country}
          quote={quote}
          chosen={chosen}
          onChoose={(id) => form.setValue("method", id, { shouldDirty: true })}
        />
        <PaymentSection form={form} />
        <PlaceOrder
          form={form}
          totals={totals}
          stale={quote.isPlaceholderData}
          placing={placing}
          ready={method !== null}
          trouble={trouble}
          standing={troubleInLines(lines)}
          onQuantity={setQuantity}
        />
      </form>
    </div>
  );
}

interface PlaceOrderProps {
  form: UseFormReturn<CheckoutForm>;
  totals: Totals | undefined;
  stale: boolean;
  placing: boolean;
  ready: boolean;
  /** Why the last press made no order. */
  trouble: OrderTrouble | null;
  /** What stands in the way before anything is pressed. */
  standing: OrderTrouble | null;
  onQuantity: (sku: string, quantity: number) => void;
}

function PlaceOrder({ form, totals, stale, placing, ready, trouble, standing, onQuantity }: PlaceOrderProps) {
  const { checkout, forms } = useShopperMessages();
  const money = useMoneyText();
  const { errors, submitCount } = form.formState;
  const shown = trouble ?? standing;
  const mistaken = submitCount > 0 && Object.keys(errors).length > 0;
  return (
    <div className="space-y-5 border-t border-line pt-6">
      {shown && <OrderTroubleNotice trouble={shown} answersPress={trouble !== null} onQuantity={onQuantity} />}
      {totals && <SummarySums totals={totals} stale={stale} className="lg:hidden" />}
      <p aria-live="polite" className="text-sm text-bad empty:hidden">
        {mistaken && !shown ? forms.fieldsToMend : ""}
      </p>
      <Button type="submit" kind="primary" size="lg" busy={placing || stale} disabled={!ready} className="tabular w-full">
        {placing ? checkout.placing : totals && ready ? checkout.placeFor(money(totals.total)) : checkout.place}
      </Button>
      <p className="text-sm text-muted">{checkout.placeNote}</p>
    </div>
  );
}

/** Changes how many are bought, wherever that stands: in the cart, or in the address of a purchase past it. */
function useQuantityChange(buyNow: WantedLine | null, onChanged: () => void) {
  const messages = useShopperMessages();
  const navigate = useNavigate();
  const { mutateAsync } = useSetCartLine();
  return (sku: string, quantity: number) => {
    onChanged();
    if (buyNow) {
      void navigate(quantity > 0 ? paths.buyNow(sku, quantity) : paths.cart(), { replace: true });
      return;
    }
    mutateAsync({ sku, quantity }).catch((error: unknown) => showToast(problemText(error, messages), { tone: "bad" }));
  };
}

/** Puts what the server did not take beside the fields it is about. */
function useMarkedFields(form: UseFormReturn<CheckoutForm>, trouble: OrderTrouble | null): void {
  useEffect(() => {
    if (trouble?.kind !== "fields") return;
    for (const { pointer } of trouble.errors) {
      const field = fieldAt(pointer);
      // fieldAt gives only names of this form.
      if (field) form.setError(field as "email", { type: "refused" });
    }
  }, [form, trouble]);
}

