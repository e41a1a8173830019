import { describe, expect, it } from "vitest";
import type { CartLine } from "@xpressbuy/client/types";
import { enShopper } from "@xpressbuy/kit/messages/en-shopper";
import { lineState } from "./line-problem";

const image = { src: "", srcset: "", sources: [], width: 4, height: 5, alt: "", placeholder: "#ffffff" };
const money = { amount: 500, currency: "INR" };
const line: CartLine = {
  sku: "TEE",
  slug: "tee",
  name: "Tee",
  options: {},
  image,
  quantity: 3,
  unit_price: money,
  line_total: money,
  available: 40,
};
const stateOf = (change: Partial<CartLine>) => lineState({ ...line, ...change }, enShopper.cart);

describe("lineState", () => {
  it("is quiet about a line that is fine", () => {
    expect(stateOf({})).toEqual({ problem: null, blocks: false, unavailable: false, max: 40, remedy: null });
  });

  it("mentions the last few without standing in the way", () => {
    expect(stateOf({ available: 4 })).toMatchObject({ problem: "Only 4 left.", blocks: false, max: 4 });
  });

  it("offers what there is when there is too little", () => {
    expect(stateOf({ available: 2, problem: "insufficient_stock" })).toMatchObject({ blocks: true, remedy: 2, max: 2 });
  });

  it.each(["sold_out", "gone"])("%s leaves nothing to choose", (problem) => {
    expect(stateOf({ available: 0, problem })).toMatchObject({ blocks: true, unavailable: true, remedy: null });
  });

  it("says that a price changed, and lets it be bought", () => {
    expect(stateOf({ problem: "price_changed" })).toMatchObject({ blocks: false, unavailable: false });
  });

  it("has a sentence for a problem that did not exist yet", () => {
    expect(stateOf({ problem: "moon_phase" })).toMatchObject({ problem: enShopper.cart.problems.other, blocks: true });
  });

  it("never offers more than one order may hold", () => {
    expect(stateOf({ available: 5000 }).max).toBe(99);
  });
});
