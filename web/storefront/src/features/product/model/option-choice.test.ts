import { describe, expect, it } from "vitest";
import type { Image, ProductDetail, Variant } from "@xpressbuy/client/types";
import {
  addressWithChoice,
  choiceInAddress,
  choose,
  chosenVariant,
  missingOptions,
  picturesOf,
  priceOf,
  settledChoice,
  valueState,
} from "./option-choice";

const picture = (src: string): Image => ({
  src,
  srcset: "",
  sources: [],
  width: 4,
  height: 5,
  alt: src,
  placeholder: "#ffffff",
});

function variant(colour: string, size: string, amount: number, available: number): Variant {
  return {
    sku: `${colour}-${size}`,
    options: { Colour: colour, Size: size },
    price: { amount, currency: "INR" },
    available,
    in_stock: available > 0,
    images: [picture(colour)],
  };
}

// Red is made in S and M, blue in M and L; red M is sold out, blue L costs more.
const product = {
  options: [
    { name: "Colour", values: [{ value: "Red" }, { value: "Blue" }] },
    { name: "Size", values: [{ value: "S" }, { value: "M" }, { value: "L" }] },
  ],
  variants: [
    variant("Red", "S", 1000, 5),
    variant("Red", "M", 1000, 0),
    variant("Blue", "M", 1000, 2),
    variant("Blue", "L", 1200, 9),
  ],
  images: [picture("cover")],
} as unknown as ProductDetail;

const oneColour = {
  ...product,
  options: [{ name: "Colour", values: [{ value: "Red" }] }, product.options[1]],
  variants: product.variants.slice(0, 2),
} as ProductDetail;

describe("settledChoice", () => {
  it("never picks where there is a choice", () => {
    expect(settledChoice(product, {})).toEqual({});
    expect(missingOptions(product, {}).map((option) => option.name)).toEqual(["Colour", "Size"]);
  });

  it("fills in what has one value and drops what is unknown", () => {
    expect(settledChoice(oneColour, {})).toEqual({ Colour: "Red" });
    expect(settledChoice(product, { Colour: "Green", Length: "32", Size: "M" })).toEqual({ Size: "M" });
  });

  it("leaves a product without options with one variant and nothing to choose", () => {
    const plain = { options: [], variants: [variant("", "", 500, 1)] };
    expect(chosenVariant(plain, settledChoice(plain, {}))?.price.amount).toBe(500);
  });
});

describe("valueState", () => {
  it.each([
    [{}, "Colour", "Red", "available"],
    [{ Size: "L" }, "Colour", "Red", "impossible"],
    [{ Size: "M" }, "Colour", "Red", "sold-out"],
    [{ Colour: "Red", Size: "S" }, "Size", "M", "sold-out"],
    [{ Colour: "Red" }, "Size", "L", "impossible"],
    [{ Colour: "Blue" }, "Size", "L", "available"],
  ] as const)("with %j, %s %s is %s", (choice, option, value, expected) => {
    expect(valueState(product, choice, option, value)).toBe(expected);
  });
});

describe("choose", () => {
  it("keeps what still goes together", () => {
    expect(choose(product, { Size: "M" }, "Colour", "Blue")).toEqual({
      choice: { Colour: "Blue", Size: "M" },
      cleared: [],
    });
  });

  it("opens again what does not", () => {
    expect(choose(product, { Colour: "Red", Size: "S" }, "Colour", "Blue")).toEqual({
      choice: { Colour: "Blue" },
      cleared: ["Size"],
    });
  });
});

describe("what follows from a choice", () => {
  it("has a variant only when the choice is whole", () => {
    expect(chosenVariant(product, { Colour: "Red" })).toBeUndefined();
    expect(chosenVariant(product, { Colour: "Red", Size: "M" })?.sku).toBe("Red-M");
    expect(chosenVariant(product, { Colour: "Red", Size: "L" })).toBeUndefined();
  });

  it("shows the lowest price and whether others cost more", () => {
    expect(priceOf(product, {})).toMatchObject({ price: { amount: 1000 }, from: true });
    expect(priceOf(product, { Colour: "Red" })).toMatchObject({ from: false });
    expect(priceOf(product, { Size: "L" })).toMatchObject({ price: { amount: 1200 }, from: false });
    expect(priceOf(product, { Colour: "Red", Size: "L" })).toBeUndefined();
  });

  it("changes the picture when all that is left looks the same, not before", () => {
    const shown = (choice: Record<string, string>) => picturesOf(product, choice)[0]?.src;
    expect(shown({})).toBe("cover");
    expect(shown({ Colour: "Blue" })).toBe("Blue");
    expect(shown({ Size: "M" })).toBe("cover");
    expect(shown({ Size: "L" })).toBe("Blue");
  });
});

it("goes into the address and comes back", () => {
  const address = addressWithChoice(new URLSearchParams("ref=mail&option.Colour=Red"), { Colour: "Blue", Size: "M" });
  expect(address.toString()).toBe("ref=mail&option.Colour=Blue&option.Size=M");
  expect(choiceInAddress(address)).toEqual({ Colour: "Blue", Size: "M" });
});
