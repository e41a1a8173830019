import { describe, expect, it } from "vitest";
import { en } from "./en";
import { enShopper } from "./en-shopper";
import type { Messages } from "./messages";

function everyText(node: unknown, path = ""): [string, string][] {
  if (typeof node === "string") return [[path, node]];
  if (typeof node === "object" && node !== null) {
    return Object.entries(node).flatMap(([key, value]) => everyText(value, `${path}/${key}`));
  }
  return [];
}

describe("English messages", () => {
  const messages: Messages = en;

  it("count things with the right word", () => {
    expect(messages.list.resultCount(1)).toBe("1 product");
    expect(messages.list.resultCount(1200)).toBe("1,200 products");
    expect(messages.shell.cartWithCount(0)).toBe("Cart, 0 items");
  });

  it("keep the shop's voice: no exclamation marks, nothing empty", () => {
    const texts = everyText({ ...messages, ...enShopper });
    expect(texts.length).toBeGreaterThan(50);
    expect(texts.filter(([, text]) => text.includes("!") || text.trim() === "")).toEqual([]);
  });
});
