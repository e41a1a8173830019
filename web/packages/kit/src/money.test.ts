import { describe, expect, it } from "vitest";
import { decimalString, formatMoney, minorUnitDigits, minorUnitsFromText, percentOff } from "./money";

const inr = (amount: number) => ({ amount, currency: "INR" });

describe("decimalString", () => {
  it.each([
    [0, "INR", "0.00"],
    [5, "INR", "0.05"],
    [129950, "INR", "1299.50"],
    [-129950, "INR", "-1299.50"],
    [1299, "JPY", "1299"],
    [1299, "KWD", "1.299"],
    [Number.MAX_SAFE_INTEGER, "INR", "90071992547409.91"],
  ])("%d %s is %s", (amount, currency, expected) => {
    expect(decimalString({ amount, currency })).toBe(expected);
  });

  it("refuses a fraction of a minor unit", () => {
    expect(() => decimalString(inr(10.5))).toThrow(RangeError);
  });
});

describe("formatMoney", () => {
  it("groups the way the locale does", () => {
    expect(formatMoney(inr(12995000), "en-IN")).toBe("₹1,29,950.00");
    expect(formatMoney({ amount: 12995000, currency: "USD" }, "en-US")).toBe("$129,950.00");
  });

  it("leaves the zeros off only when asked and only when they are zeros", () => {
    expect(formatMoney(inr(129900), "en-IN", { shortenWhole: true })).toBe("₹1,299");
    expect(formatMoney(inr(129950), "en-IN", { shortenWhole: true })).toBe("₹1,299.50");
  });

  it("keeps every digit of the largest amount", () => {
    expect(formatMoney({ amount: Number.MAX_SAFE_INTEGER, currency: "USD" }, "en-US")).toBe("$90,071,992,547,409.91");
  });
});

describe("minorUnitsFromText", () => {
  it.each([
    ["12", 1200],
    ["12.5", 1250],
    ["1,299.50", 129950],
    ["12.", 1200],
    ["", null],
    ["-1", null],
    ["1.999", null],
    ["abc", null],
  ])("reads %j as %s", (text, expected) => {
    expect(minorUnitsFromText(text, "INR")).toBe(expected);
  });
});

describe("percentOff", () => {
  it("rounds down", () => {
    expect(percentOff(inr(66700), inr(99900))).toBe(33);
  });

  it("is nothing when the price did not fall or the currencies differ", () => {
    expect(percentOff(inr(100), inr(100))).toBe(0);
    expect(percentOff(inr(100), { amount: 200, currency: "USD" })).toBe(0);
  });
});

it("knows how many digits a currency has", () => {
  expect(["INR", "JPY", "KWD"].map(minorUnitDigits)).toEqual([2, 0, 3]);
});
