import { describe, expect, it } from "vitest";
import { checkoutMistakes, emptyForm, fieldAt, formFromDraft, type CheckoutForm } from "./checkout-form";
import { orderRequest } from "./order-request";

const form: CheckoutForm = {
  ...emptyForm("IN"),
  email: " asha@example.com",
  phone: "+91 98450 12345",
  shipping: {
    name: "Asha Rao",
    line1: "14 Church Street",
    line2: "",
    city: "Bengaluru",
    region: "Karnataka",
    postal_code: "560001",
    country: "IN",
    phone: "",
  },
};
const inr = { amount: 2647_00, currency: "INR" };
const agreed = { purchase: { cartVersion: 7 }, method: "standard", total: inr, saved: undefined };

describe("checkoutMistakes", () => {
  it("lets a whole form pass and names what an empty one is missing", () => {
    expect(checkoutMistakes(form)).toEqual({});
    expect(checkoutMistakes(emptyForm("IN"))).toMatchObject({ email: "emailMissing", shipping: { line1: "line1Missing" } });
  });

  it("does not look at an address that is not sent", () => {
    const saved = { ...emptyForm("IN"), email: form.email, addressId: "adr_1" };
    expect(checkoutMistakes(saved)).toEqual({});
    expect(checkoutMistakes({ ...saved, billingSame: false })).toHaveProperty("billing");
  });
});

describe("formFromDraft", () => {
  it("brings back what was typed", () => {
    expect(formFromDraft(JSON.parse(JSON.stringify(form)), "US")).toEqual(form);
  });

  it.each([null, 3, "x", [], { email: 5, shipping: "here", billing: { city: {} } }])("is not confused by %j", (draft) => {
    expect(formFromDraft(draft, "IN")).toEqual(emptyForm("IN"));
  });
});

describe("orderRequest", () => {
  it("is tidy, whole, and the same text every time", () => {
    const body = orderRequest(form, agreed);
    expect(body).toEqual({
      contact: { email: "asha@example.com", name: "Asha Rao", phone: "+91 98450 12345" },
      shipping_address: {
        name: "Asha Rao",
        line1: "14 Church Street",
        city: "Bengaluru",
        region: "Karnataka",
        postal_code: "560001",
        country: "IN",
        phone: "+91 98450 12345",
      },
      shipping_method: "standard",
      payment: { method: "cod" },
      cart_version: 7,
      expected_total: inr,
    });
    expect(JSON.stringify(orderRequest(structuredClone(form), agreed))).toBe(JSON.stringify(body));
  });

  it("sends a saved address by its id, and lines instead of the cart for one thing bought at once", () => {
    const saved = { ...form.shipping, id: "adr_1", name: "Asha at work", is_default: true };
    const purchase = { lines: [{ sku: "TEE", quantity: 2 }] };
    const body = orderRequest({ ...form, phone: "" }, { ...agreed, purchase, saved });
    expect(body).toMatchObject({ address_id: "adr_1", contact: { name: "Asha at work" }, lines: purchase.lines });
    expect(body).not.toHaveProperty("shipping_address");
    expect(body).not.toHaveProperty("cart_version");
    expect(body.contact).not.toHaveProperty("phone");
  });
});

it.each([
  ["/contact/email", "email"],
  ["/contact/name", "shipping.name"],
  ["/shipping_address/postal_code", "shipping.postal_code"],
  ["/shipping_address/phone", "phone"],
  ["/billing_address/city", "billing.city"],
  ["/billing_address/constructor", null],
  ["/expected_total", null],
])("a refusal at %s belongs to %s", (pointer, field) => {
  expect(fieldAt(pointer)).toBe(field);
});
