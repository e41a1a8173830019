import { describe, expect, it } from "vitest";
import { ApiProblem } from "@xpressbuy/client/api-problem";
import type { CartLine, ProblemError } from "@xpressbuy/client/types";
import { lineAt, orderTrouble } from "./order-trouble";

const inr = (amount: number) => ({ amount, currency: "INR" });
const image = { src: "", srcset: "", sources: [], width: 4, height: 5, alt: "", placeholder: "#ffffff" };
const line = (sku: string, price: number): CartLine => ({
  sku,
  slug: sku,
  name: sku.toLowerCase(),
  options: { Size: "M" },
  image,
  quantity: 2,
  unit_price: inr(price),
  line_total: inr(price * 2),
  available: 9,
});
const seen = { lines: [line("TEE", 500), line("A/B~C", 300)], total: inr(1600) };
const problem = (status: number, code: string, errors: Partial<ProblemError>[] = []) =>
  new ApiProblem({ status, code, errors: errors.map((one) => ({ pointer: "", code, detail: "", ...one })) });
const troubleOf = (...given: Parameters<typeof problem>) => orderTrouble(problem(...given), seen);

describe("lineAt", () => {
  it.each([
    ["/lines/TEE", "TEE"],
    ["/lines/A~1B~0C", "A/B~C"],
    ["/lines/1/quantity", "A/B~C"],
    ["/lines/7", undefined],
    ["/lines", undefined],
    ["/contact/email", undefined],
  ])("%s is %s", (pointer, sku) => {
    expect(lineAt(pointer, seen.lines)?.sku).toBe(sku);
  });
});

describe("orderTrouble", () => {
  it("names the lines that are short and what is left of them", () => {
    expect(troubleOf(409, "insufficient_stock", [{ pointer: "/lines/TEE", available: 1 }, { pointer: "/lines/1" }])).toEqual({
      kind: "stock",
      lines: [
        { sku: "TEE", name: "tee, M", available: 1 },
        { sku: "A/B~C", name: "a/b~c, M", available: 0 },
      ],
    });
  });

  it("names only the prices that differ from what was shown, and the new total", () => {
    const errors = [
      { pointer: "/expected_total", amount: 1800 },
      { pointer: "/lines/TEE", amount: 600 },
      { pointer: "/lines/A~1B~0C", amount: 300 },
    ];
    expect(troubleOf(409, "price_changed", errors)).toEqual({
      kind: "price",
      lines: [{ sku: "TEE", name: "tee, M", before: inr(500), now: inr(600) }],
      before: inr(1600),
      now: inr(1800),
    });
  });

  it.each([
    [409, "cart_changed", "cart"],
    [409, "cart_empty", "empty"],
    [409, "shipping_method_unavailable", "method"],
    [401, "unauthenticated", "signed_out"],
    [429, "too_many", "too_many"],
    [503, "busy", "busy"],
    [500, "internal", "busy"],
    [0, "network", "no_answer"],
    [422, "invalid", "fields"],
    [422, "idempotency_key_reused", "other"],
    [409, "something_new", "other"],
  ])("%d %s is %s", (status, code, kind) => {
    expect(troubleOf(status, code).kind).toBe(kind);
  });

  it("does not take a mistake of ours for a refusal", () => {
    expect(orderTrouble(new TypeError("x"), seen)).toEqual({ kind: "other" });
  });
});
