import { expect, it } from "vitest";
import type { Category } from "@xpressbuy/client/types";
import { childrenOf, topCategories, trailTo } from "./categories";

const category = (slug: string, parent: string | null, count = 1): Category => ({
  slug,
  name: slug,
  parent,
  product_count: count,
});

const tree = [category("clothes", null), category("shirts", "clothes"), category("old", "clothes", 0), category("x", null, 0)];

it("offers what has something in it", () => {
  expect(topCategories(tree).map((one) => one.slug)).toEqual(["clothes"]);
  expect(childrenOf(tree, "clothes").map((one) => one.slug)).toEqual(["shirts"]);
});

it("finds the way down, also to an empty category, and none to an unknown one", () => {
  expect(trailTo(tree, "old").map((one) => one.slug)).toEqual(["clothes", "old"]);
  expect(trailTo(tree, "hats")).toEqual([]);
});

it("does not run in circles when the data does", () => {
  const circle = [category("a", "b"), category("b", "a")];
  expect(trailTo(circle, "a").map((one) => one.slug)).toEqual(["b", "a"]);
});
