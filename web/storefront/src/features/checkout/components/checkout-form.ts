/** What is typed into the checkout: its shape, what can be wrong with it, and the draft that outlives a reload. */
import type { PaymentMethod } from "@xpressbuy/client/shopper-types";
import { emailMistake, phoneMistake, type Mistake } from "@xpressbuy/kit/person-rules";
import { addressMistakes, emptyAddress, type AddressDraft, type AddressMistakes } from "@xpressbuy/kit/postal-address";

export interface CheckoutForm {
  email: string;
  phone: string;
  /** A saved address, or "" for the one that is typed. */
  addressId: string;
  shipping: AddressDraft;
  saveAddress: boolean;
  billingSame: boolean;
  billing: AddressDraft;
  method: string;
  payment: PaymentMethod;
}

export function emptyForm(country: string): CheckoutForm {
  return {
    email: "",
    phone: "",
    addressId: "",
    shipping: emptyAddress(country),
    saveAddress: true,
    billingSame: true,
    billing: emptyAddress(country),
    method: "",
    payment: "cod",
  };
}

export interface CheckoutMistakes {
  email?: Mistake;
  phone?: Mistake;
  shipping?: AddressMistakes;
  billing?: AddressMistakes;
}

/** Only what will be sent is looked at: a saved address hides the typed one, and so on. */
export function checkoutMistakes(form: CheckoutForm): CheckoutMistakes {
  const email = emailMistake(form.email);
  const phone = phoneMistake(form.phone);
  const shipping = form.addressId === "" ? addressMistakes(form.shipping) : {};
  const billing = form.billingSame ? {} : addressMistakes(form.billing);
  return {
    ...(email && { email }),
    ...(phone && { phone }),
    ...(Object.keys(shipping).length > 0 && { shipping }),
    ...(Object.keys(billing).length > 0 && { billing }),
  };
}

/** A draft from storage laid over the empty form. What has another type than it should is left out, whoever wrote it. */
export function formFromDraft(draft: unknown, country: string): CheckoutForm {
  return laidOver(emptyForm(country), draft);
}

function laidOver<T extends object>(base: T, draft: unknown): T {
  if (typeof draft !== "object" || draft === null) return base;
  const kept = draft as Record<string, unknown>;
  const entries = Object.entries(base).map(([name, value]: [string, unknown]): [string, unknown] => {
    const typed = kept[name];
    if (typeof value === "object" && value !== null) return [name, laidOver(value, typed)];
    return [name, typeof typed === typeof value ? typed : value];
  });
  return Object.fromEntries(entries) as T;
}

const fieldOfPointer: Readonly<Record<string, string>> = {
  "/contact/email": "email",
  "/contact/name": "shipping.name",
  "/contact/phone": "phone",
  "/shipping_address/phone": "phone",
};

/** The field that a refusal of the server points at, by its name in the form; null if it is none of the fields. */
export function fieldAt(pointer: string): string | null {
  const known = fieldOfPointer[pointer];
  if (known) return known;
  const match = /^\/(shipping|billing)_address\/(\w+)$/.exec(pointer);
  const [, part, field] = match ?? [];
  return part && field && Object.hasOwn(emptyAddress(""), field) ? `${part}.${field}` : null;
}
