import { describe, expect, it } from "vitest";
import type { Cart, CartLine } from "@xpressbuy/client/types";
import { cartWithQuantity, itemCount, quantityOf } from "./cart-lines";

const inr = (amount: number) => ({ amount, currency: "INR" });

function line(sku: string, quantity: number, price: number): CartLine {
  const image = { src: "", srcset: "", sources: [], width: 4, height: 5, alt: "", placeholder: "#ffffff" };
  return {
    sku,
    slug: sku,
    name: sku,
    options: {},
    image,
    quantity,
    unit_price: inr(price),
    line_total: inr(price * quantity),
    available: 10,
  };
}

const cart: Cart = {
  id: "crt_1",
  version: 3,
  lines: [line("TEE", 2, 500), line("MUG", 1, 300)],
  totals: { subtotal: inr(1300), discount: inr(0), total: inr(1300) },
  messages: [],
};

describe("cartWithQuantity", () => {
  it("moves the line's and the cart's amounts together", () => {
    const after = cartWithQuantity(cart, "TEE", 3);
    expect(after.lines[0]).toMatchObject({ quantity: 3, line_total: inr(1500) });
    expect(after.totals).toMatchObject({ subtotal: inr(1800), total: inr(1800) });
    expect(itemCount(after)).toBe(4);
  });

  it("takes a line away at zero and leaves the given cart alone", () => {
    const after = cartWithQuantity(cart, "MUG", 0);
    expect(after.lines.map((one) => one.sku)).toEqual(["TEE"]);
    expect(after.totals.total).toEqual(inr(1000));
    expect(cart.lines).toHaveLength(2);
  });

  it("waits for the server when the line is new", () => {
    expect(cartWithQuantity(cart, "CAP", 1)).toBe(cart);
  });
});

it("counts", () => {
  expect(itemCount(cart)).toBe(3);
  expect(quantityOf(cart, "TEE")).toBe(2);
  expect(quantityOf(undefined, "TEE")).toBe(0);
});
