import { useEffect } from "react";
import type { UseFormReturn } from "react-hook-form";
import type { SavedAddress } from "@xpressbuy/client/shopper-types";
import type { Session } from "@xpressbuy/client/types";
import { likelyCountry } from "@/lib/delivery-country";
import { keepInTab, keptInTab } from "@/lib/session-storage";
import { emptyForm, formFromDraft, type CheckoutForm } from "./checkout-form";

const draftName = "checkout-draft";

export function forgetDraft(): void {
  keepInTab(draftName, null);
}

/** What the form starts with: what was typed before, else what the shop knows of the person. */
export function startingForm(session: Session, saved: readonly SavedAddress[]): CheckoutForm {
  const country = likelyCountry();
  const draft = keptInTab(draftName);
  const form = draft === null ? emptyForm(country) : formFromDraft(draft, country);
  const known = session.customer;
  const chosen = saved.find((one) => one.id === form.addressId) ?? (draft === null ? defaultOf(saved) : undefined);
  return {
    ...form,
    email: form.email || (known?.email ?? ""),
    shipping: { ...form.shipping, name: form.shipping.name || (known?.name ?? "") },
    addressId: chosen?.id ?? "",
  };
}

function defaultOf(saved: readonly SavedAddress[]): SavedAddress | undefined {
  return saved.find((one) => one.is_default) ?? saved[0];
}

/** Writes down what is typed, so that neither a reload nor a crash nor the way to sign-in and back loses it. */
export function useKeptDraft(form: UseFormReturn<CheckoutForm>): void {
  useEffect(
    () => form.subscribe({ formState: { values: true }, callback: ({ values }) => keepInTab(draftName, values) }),
    [form],
  );
}
