import { describe, expect, it } from "vitest";
import { canonicalUrl } from "@xpressbuy/client/canonical-url";
import { categorySearch, listQuery, wordSearch } from "./list-search";

const url = (search: Parameters<typeof listQuery>[0], cursor?: string) =>
  canonicalUrl("/api/products", {}, listQuery(search, cursor));

describe("the address a list page asks for", () => {
  it("is what the server inlines for a plain category page", () => {
    expect(url(categorySearch("t-shirts", new URLSearchParams()))).toBe(
      "/api/products?category=t-shirts&sort=newest&limit=24",
    );
    expect(url(categorySearch(undefined, new URLSearchParams()))).toBe("/api/products?sort=newest&limit=24");
  });

  it("carries sort, filters and cursor, and drops what it does not know", () => {
    const page = new URLSearchParams("utm=x&option.Size=M&sort=price_asc&option.Size=M&option.Size=L&brand=");
    expect(url(categorySearch("t-shirts", page), "abc")).toBe(
      "/api/products?category=t-shirts&option.Size=L&option.Size=M&sort=price_asc&limit=24&cursor=abc",
    );
  });

  it("falls back to the page's own order when the one in the address is unknown", () => {
    expect(wordSearch(new URLSearchParams("q= red &sort=cheapest"))).toEqual({
      words: "red",
      sort: "relevance",
      filters: {},
    });
    expect(categorySearch("x", new URLSearchParams("sort=relevance")).sort).toBe("newest");
  });
});
