import { describe, expect, it } from "vitest";
import { attemptFor, attemptFrom, isOpen, type Attempt } from "./order-attempt";

function keys(): () => string {
  let made = 0;
  return () => `key-${String((made += 1))}`;
}

describe("attemptFor", () => {
  it("gives the same body the same key, however often it is sent", () => {
    const newKey = keys();
    const first = attemptFor("A", null, newKey);
    expect(attemptFor("A", first, newKey)).toEqual(first);
    expect(attemptFor("A", { ...first, refused: true }, newKey).key).toBe(first.key);
  });

  it("takes a new key for another body once the shop has said no", () => {
    const newKey = keys();
    const first = attemptFor("A", null, newKey);
    expect(attemptFor("B", { ...first, refused: true }, newKey)).toEqual({ key: "key-2", bodies: ["B"], refused: false });
  });

  it("keeps the key for another body while nobody knows what became of the last one", () => {
    const newKey = keys();
    const first = attemptFor("A", null, newKey);
    const second = attemptFor("B", first, newKey);
    expect(second).toEqual({ key: "key-1", bodies: ["A", "B"], refused: false });
    expect(attemptFor("A", second, newKey).bodies).toEqual(["B", "A"]);
  });

  it("forgets the oldest of many bodies", () => {
    const newKey = keys();
    let attempt: Attempt | null = null;
    for (const body of ["A", "B", "C", "D", "E", "F"]) attempt = attemptFor(body, attempt, newKey);
    expect(attempt).toEqual({ key: "key-1", bodies: ["B", "C", "D", "E", "F"], refused: false });
  });
});

describe("attemptFrom", () => {
  const whole = { key: "key-1", bodies: ["A"], refused: false };

  it("survives the way through storage", () => {
    expect(attemptFrom(JSON.parse(JSON.stringify(whole)))).toEqual(whole);
  });

  it.each([null, "x", {}, { key: "k" }, { key: "", bodies: ["A"] }, { key: "k", bodies: [] }, { key: "k", bodies: [1] }])(
    "takes %j as nothing",
    (kept) => {
      expect(attemptFrom(kept)).toBeNull();
    },
  );

  it("is open until the shop has said no", () => {
    expect(isOpen(whole)).toBe(true);
    expect(isOpen({ ...whole, refused: true })).toBe(false);
    expect(isOpen(null)).toBe(false);
  });
});
