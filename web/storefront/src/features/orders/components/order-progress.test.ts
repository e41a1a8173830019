import { describe, expect, it } from "vitest";
import { enShopper } from "@xpressbuy/kit/messages/en-shopper";
import { orderSteps, stateName, stateTone } from "./order-progress";

const written = { words: enShopper.orders, when: (instant: string) => instant.slice(0, 10), arrives: "Arrives soon" };
const placed = { at: "2026-11-20T09:00:00Z", state: "placed" };
const stepsOf = (state: string, ...history: { at: string; state: string }[]) =>
  orderSteps({ state, history: [placed, ...history] }, written).map(({ name, note, reached }) => [name, note, reached]);

describe("orderSteps", () => {
  it("shows the whole way of an order that has just been placed, with the promised days at its end", () => {
    expect(stepsOf("placed")).toEqual([
      ["Placed", "2026-11-20", "now"],
      ["On its way", undefined, "ahead"],
      ["Delivered", "Arrives soon", "ahead"],
    ]);
  });

  it("dates what has happened", () => {
    expect(stepsOf("shipped", { at: "2026-11-21T09:00:00Z", state: "shipped" })).toEqual([
      ["Placed", "2026-11-20", "done"],
      ["On its way", "2026-11-21", "now"],
      ["Delivered", "Arrives soon", "ahead"],
    ]);
  });

  it("ends where an order was cancelled, without promising the rest", () => {
    expect(stepsOf("cancelled", { at: "2026-11-20T10:00:00Z", state: "cancelled" })).toEqual([
      ["Placed", "2026-11-20", "done"],
      ["Cancelled", "2026-11-20", "stopped"],
    ]);
  });

  it("copes with a state it has no word for", () => {
    expect(stepsOf("held")).toEqual([
      ["Placed", "2026-11-20", "done"],
      ["held", undefined, "stopped"],
    ]);
    expect(stateName("constructor", enShopper.orders)).toBe("constructor");
    expect(stateTone("held", enShopper.orders)).toBe("muted");
  });
});
