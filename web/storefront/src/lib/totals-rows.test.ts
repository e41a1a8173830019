import { describe, expect, it } from "vitest";
import type { Totals } from "@xpressbuy/client/types";
import { enShopper } from "@xpressbuy/kit/messages/en-shopper";
import { totalsRows, totalsWithShipping } from "./totals-rows";

const inr = (amount: number) => ({ amount, currency: "INR" });
const money = ({ amount }: { amount: number }) => `₹${String(amount)}`;
const totals: Totals = { subtotal: inr(1000), discount: inr(0), shipping: null, tax: null, total: inr(1000) };
const shown = (changed: Partial<Totals>) =>
  totalsRows({ ...totals, ...changed }, { words: enShopper.cart, money }).map((row) => [row.key, row.amount]);

describe("totalsRows", () => {
  it("leaves out what is nothing, but never keeps quiet about delivery", () => {
    expect(shown({})).toEqual([
      ["subtotal", "₹1000"],
      ["shipping", "Worked out at checkout"],
    ]);
    expect(shown({ shipping: inr(0), tax: inr(0) })).toEqual([
      ["subtotal", "₹1000"],
      ["shipping", "Free"],
    ]);
  });

  it("shows a discount as taken away and keeps the order of the sum", () => {
    expect(shown({ discount: inr(100), shipping: inr(49), tax: inr(18) })).toEqual([
      ["subtotal", "₹1000"],
      ["discount", "−₹100"],
      ["shipping", "₹49"],
      ["tax", "₹18"],
    ]);
  });
});

describe("totalsWithShipping", () => {
  it("adds a delivery that is not counted yet, once", () => {
    const added = totalsWithShipping(totals, inr(49));
    expect(added).toMatchObject({ shipping: inr(49), total: inr(1049) });
    expect(totalsWithShipping(added, inr(49))).toBe(added);
  });

  it("does not mix currencies or guess", () => {
    expect(totalsWithShipping(totals, { amount: 5, currency: "USD" })).toBe(totals);
    expect(totalsWithShipping(totals, undefined)).toBe(totals);
  });
});
