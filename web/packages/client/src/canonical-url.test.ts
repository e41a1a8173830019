import { describe, expect, it } from "vitest";
import { canonicalise, canonicalUrl } from "./canonical-url";

describe("canonicalUrl", () => {
  it("puts parameters in the contract's order whatever order they come in", () => {
    const url = canonicalUrl("/api/products", {}, { limit: 24, sort: "newest", category: "t-shirts", q: "tee" });
    expect(url).toBe("/api/products?q=tee&category=t-shirts&sort=newest&limit=24");
  });

  it("sorts options by name and value, between stock and brand", () => {
    const url = canonicalUrl(
      "/api/products",
      {},
      { brand: "x", "option.Size": ["M", "L"], "option.Colour": "Red", in_stock: true },
    );
    expect(url).toBe("/api/products?in_stock=true&option.Colour=Red&option.Size=L&option.Size=M&brand=x");
  });

  it("leaves out what has no value but keeps zero and false", () => {
    const url = canonicalUrl("/api/products", {}, { q: "", category: undefined, price_min: 0, in_stock: false });
    expect(url).toBe("/api/products?price_min=0&in_stock=false");
  });

  it("fills and escapes the path, and insists on a value", () => {
    expect(canonicalUrl("/api/products/{slug}", { slug: "a/b (c)" })).toBe("/api/products/a%2Fb%20%28c%29");
    expect(() => canonicalUrl("/api/products/{slug}")).toThrow("slug");
  });
});

describe("canonicalise", () => {
  it.each([
    ["/api/home", "/api/home"],
    ["/api/home?", "/api/home"],
    ["/api/products?limit=24&q=blue+shirt", "/api/products?q=blue%20shirt&limit=24"],
    ["/api/products?q=it's&zeta=1&alpha=2", "/api/products?q=it%27s&alpha=2&zeta=1"],
  ])("%s", (given, expected) => {
    expect(canonicalise(given)).toBe(expected);
    expect(canonicalise(expected)).toBe(expected);
  });
});
