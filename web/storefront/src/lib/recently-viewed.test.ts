import { expect, it } from "vitest";
import { parseViewed, withViewed, type ViewedProduct } from "./recently-viewed";

const image = { src: "", srcset: "", sources: [], width: 4, height: 5, alt: "", placeholder: "#ffffff" };
const seen = (slug: string): ViewedProduct => ({ slug, name: slug, image });

it("puts the latest first, once, and forgets the oldest", () => {
  const viewed = withViewed([seen("a"), seen("b"), seen("c")], seen("b"), 3);
  expect(viewed.map((one) => one.slug)).toEqual(["b", "a", "c"]);
  expect(withViewed(viewed, seen("d"), 3).map((one) => one.slug)).toEqual(["d", "b", "a"]);
});

it("takes whatever stands in the storage with care", () => {
  expect(parseViewed(null)).toEqual([]);
  expect(parseViewed("{broken")).toEqual([]);
  expect(parseViewed('{"slug":"a"}')).toEqual([]);
  expect(parseViewed(JSON.stringify([seen("a"), { slug: 1 }, null]))).toEqual([seen("a")]);
});
